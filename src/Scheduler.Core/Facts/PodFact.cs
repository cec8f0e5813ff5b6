using System.Collections.Immutable;
using Scheduler.Core.Identity;

namespace Scheduler.Core.Facts;

/// <summary>What this program remembers of a pod: enough to tell whether its job can still succeed.</summary>
/// <param name="Job">The Buildkite job in its label.</param>
/// <param name="Name">The pod's name.</param>
/// <param name="Uid">The pod's UID.</param>
/// <param name="Revision">Its resourceVersion.</param>
/// <param name="Phase">Its phase.</param>
public sealed record PodFact(JobId Job, string Name, string Uid, Revision Revision, PodPhase Phase)
{
    /// <summary>UID of the Kubernetes Job that controls it, by its owner reference; null when none does: see <see cref="Proof"/>.</summary>
    public string? Owner { get; init; }

    /// <summary>The node it was given to; null before that.</summary>
    public string? NodeName { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the kubelet took it up; null before that.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its deletion is due; null unless it is being deleted.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>How long its containers may take to end.</summary>
    public TimeSpan? TerminationGrace { get; init; }

    /// <summary>Why the pod as a whole failed, such as <c>Evicted</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>More about <see cref="Reason"/>.</summary>
    public string? Message { get; init; }

    /// <summary>Init containers first, in the order of the spec.</summary>
    public ImmutableArray<ContainerFact> Containers { get; init; } = [];

    public ImmutableArray<PodCondition> Conditions { get; init; } = [];
}
