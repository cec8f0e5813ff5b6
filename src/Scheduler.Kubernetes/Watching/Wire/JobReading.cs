using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Kubernetes.Watching.Wire;

/// <summary>From a Job as sent to what this program remembers of it.</summary>
internal static class JobReading
{
    /// <summary>Only what counts for the job in its label: <see cref="Proof"/>.</summary>
    public static Reading<JobFact> Read(JobWire job) =>
        job.Metadata is not { } meta || !meta.TryGetJob(out var id) ? Reading<JobFact>.Not(StrangerReason.Label)
        : !Proof.Counts(meta.Name ?? "", id) ? Reading<JobFact>.Not(StrangerReason.Name)
        : Reading<JobFact>.Of(FactOf(job, meta, id));

    private static JobFact FactOf(JobWire job, MetaWire meta, JobId id)
    {
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
