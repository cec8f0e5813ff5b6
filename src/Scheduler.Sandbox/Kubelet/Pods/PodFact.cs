using System.Collections.Immutable;
using k8s.Models;

namespace Scheduler.Sandbox.Kubelet.Pods;

/// <summary>Something learnt about the namespace's pods.</summary>
internal abstract record PodFact
{
    /// <summary>All pods there are.</summary>
    public sealed record Listed(ImmutableArray<V1Pod> Pods) : PodFact;

    /// <summary>One pod as it is now, or as it was last if it is gone.</summary>
    public sealed record Changed(V1Pod Pod, bool Gone) : PodFact;
}
