using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Watching.Wire;

namespace Scheduler.Kubernetes.Jobs;

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

    /// <summary>Null when the Job's label holds no job UUID.</summary>
    internal static JobFact? From(JobWire job)
    {
        if (job.Metadata is not { } meta || !meta.TryGetJob(out var id))
        {
            return null;
        }

        var status = job.Status;
        var ending = EndingOf(status);
        return new JobFact(
            id,
            meta.Name ?? "",
            meta.Uid ?? "",
            ending is { Type: "Complete" or "Failed" } ? KubernetesJobState.Finished : KubernetesJobState.Unfinished,
            meta.Revision,
            meta.Grant)
        {
            CreatedAt = meta.CreationTimestamp,
            StartedAt = status?.StartTime,
            DeletedAt = meta.DeletionTimestamp,
            Active = status?.Active ?? 0,
            Failed = status?.Failed ?? 0,
            Succeeded = status?.Succeeded ?? 0,
            HasPod = status is not null && PodsOf(status) > 0,
            Deadline = job.Spec?.ActiveDeadlineSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Ending = ending,
        };
    }

    /// <summary>A final condition wins over one that only announces it.</summary>
    private static JobEnding? EndingOf(JobStatusWire? status)
    {
        var holding = (status?.Conditions ?? []).Where(condition => condition.Holds).ToList();
        var found = holding.FirstOrDefault(condition => condition.Type is "Complete" or "Failed")
            ?? holding.FirstOrDefault(condition => condition.Type is "FailureTarget" or "SuccessCriteriaMet");
        return found is null ? null : new JobEnding(found.Type!, found.Reason, found.Message);
    }

    /// <summary>The original's count (controller-behaviour.md §11).</summary>
    private static int PodsOf(JobStatusWire status) =>
        (status.Active ?? 0) + (status.Failed ?? 0) + (status.Succeeded ?? 0) + (status.Terminating ?? 0) + (status.UncountedTerminatedPods?.Count ?? 0);
}
