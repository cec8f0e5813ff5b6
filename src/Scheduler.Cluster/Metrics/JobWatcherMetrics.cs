using Prometheus;
using Scheduler.Core.Verdicts;

namespace Scheduler.Cluster.Metrics;

/// <summary>Counted by the job actors where the verdict concerns the Kubernetes Job.</summary>
public sealed class JobWatcherMetrics
{
    private readonly Counter _skipped;
    private readonly Counter _cleanupErrors;
    private readonly Counter _deleted;
    private readonly Counter _deletionErrors;

    internal JobWatcherMetrics(MetricFamilies families)
    {
        Stalling = families.Gauge("num_stalling_jobs", "Unfinished Jobs without a pod that this node watches.");
        Ignored = families.Gauge("num_ignored_jobs", "Jobs whose fate is settled and that are only waited for to go.");
        Events = InformerCounters.Of(families, "Job");
        FinishedWithoutPod = families.Counter("jobs_finished_without_pod_total", "Jobs that ended without ever having a pod.");
        FailedBeforeAcquire = families.Counter("jobs_failed_before_agent_acquire_total", "Jobs whose pod failed before the agent took the Buildkite job.");
        StalledWithoutPod = families.Counter("jobs_stalled_without_pod_total", "Jobs that got no pod in time.");
        _skipped = families.Counter(
            "stalled_cleanup_skipped_total",
            "Jobs that seemed stalled and turned out not to be.",
            ["reason"],
            "agent_active",
            "job_gone",
            "job_replaced",
            "pod_exists");
        FailedOnBuildkite = families.Counter("jobs_failed_on_buildkite_total", "Jobs failed at Buildkite for what became of the Kubernetes Job.");
        FailOnBuildkiteErrors = families.Counter("job_fail_on_buildkite_errors_total", "Attempts to fail a job at Buildkite that failed.");
        Cleanups = families.Counter("cleanups_total", "Stalled Jobs ended.");
        _cleanupErrors = families.Counter("cleanup_errors_total", "Attempts to end a stalled Job that failed, by Kubernetes status reason.", ["reason"]);
        _deleted = families.Counter("jobs_forcefully_deleted_total", "Jobs without a pod deleted.", ["delete_reason"], "job_cancelled");
        _deletionErrors = families.Counter("jobs_forceful_deletion_errors_total", "Those deletions that failed.", ["delete_reason", "error_reason"]);
    }

    public Gauge Stalling { get; }

    public Gauge Ignored { get; }

    public Counter FinishedWithoutPod { get; }

    public Counter FailedBeforeAcquire { get; }

    public Counter StalledWithoutPod { get; }

    public Counter FailedOnBuildkite { get; }

    public Counter FailOnBuildkiteErrors { get; }

    public Counter Cleanups { get; }

    internal InformerCounters Events { get; }

    public void CleanupSkipped(StallDoubt doubt) => _skipped.WithLabels(doubt switch
    {
        StallDoubt.AgentActive => "agent_active",
        StallDoubt.JobGone => "job_gone",
        StallDoubt.JobReplaced => "job_replaced",
        _ => "pod_exists",
    }).Inc();

    /// <param name="reason">Kubernetes' status reason; null when there is none.</param>
    public void CleanupFailed(string? reason) => _cleanupErrors.WithLabels(StatusReasons.Label(reason)).Inc();

    public void DeletedAsCancelled() => _deleted.WithLabels("job_cancelled").Inc();

    /// <param name="reason">Kubernetes' status reason; null when there is none.</param>
    public void DeletionFailed(string? reason) => _deletionErrors.WithLabels("job_cancelled", StatusReasons.Label(reason)).Inc();
}
