using System.Collections.Immutable;
using k8s.Models;

namespace Scheduler.Kubernetes.Options;

/// <summary>One of the <c>resource-classes</c> (configuration.md §9.5).</summary>
public sealed record ResourceClass
{
    [Meaning("requests and limits of every command container")]
    public V1ResourceRequirements? Resource { get; init; }

    [Meaning("requests and limits of the pod as a whole")]
    public V1ResourceRequirements? PodResource { get; init; }

    [Meaning("added to the pod's node selector")]
    public ImmutableDictionary<string, string> NodeSelector { get; init; } = ImmutableDictionary<string, string>.Empty;
}
