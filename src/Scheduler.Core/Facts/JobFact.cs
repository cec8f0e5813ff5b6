using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Core.Facts;

/// <summary>What this program remembers of a Kubernetes Job.</summary>
/// <param name="Job">The Buildkite job in its label.</param>
/// <param name="Name">The Job's name.</param>
/// <param name="Uid">The Job's UID.</param>
/// <param name="State">Never <see cref="KubernetesJobState.Absent"/>.</param>
/// <param name="Revision">Its resourceVersion.</param>
/// <param name="Grant">The grant it was created with; null when another program created it.</param>
public sealed record JobFact(JobId Job, string Name, string Uid, KubernetesJobState State, Revision Revision, GrantId? Grant)
{
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the Job controller took it up; null before that, and for a suspended Job.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its deletion was asked for; null unless it is being deleted.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Pods that run or wait to.</summary>
    public int Active { get; init; }

    /// <summary>Pods that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Pods that succeeded.</summary>
    public int Succeeded { get; init; }

    /// <summary>A pod was made at some time, whatever became of it.</summary>
    public bool HasPod { get; init; }

    /// <summary>How long it may take from <see cref="StartedAt"/> on; null = as long as it likes.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Why it has ended; null when it has not and is not about to.</summary>
    public JobEnding? Ending { get; init; }
}
