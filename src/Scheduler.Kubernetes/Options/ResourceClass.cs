using System.Collections.Immutable;
using k8s.Models;

namespace Scheduler.Kubernetes.Options;

/// <summary>One of the <c>resource-classes</c> (configuration.md §9.5).</summary>
public sealed record ResourceClass
{
    /// <summary>For every command container.</summary>
    public V1ResourceRequirements? Resource { get; init; }

    /// <summary>For the pod as a whole.</summary>
    public V1ResourceRequirements? PodResource { get; init; }

    public ImmutableDictionary<string, string> NodeSelector { get; init; } = ImmutableDictionary<string, string>.Empty;
}
