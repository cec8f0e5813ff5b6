using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>Counted by the job actors where the verdict concerns the pod.</summary>
public sealed class PodWatcherMetrics
{
    private readonly Counter _deleted;
    private readonly Counter _deletionErrors;

    internal PodWatcherMetrics(MetricFamilies families)
    {
        CancelCheckers = families.Gauge("num_job_cancel_checkers", "Jobs whose Buildkite state this node asks for regularly.");
        Ignored = families.Gauge("num_ignored_jobs", "Jobs whose pod's fate is settled.");
        WatchingForImageFailure = families.Gauge("num_watching_for_image_failure", "Pods of this node's jobs that are watched for image failures.");
        Events = InformerCounters.Of(families, "Pod");
        FailedOnBuildkite = families.Counter("jobs_failed_on_buildkite_total", "Jobs failed at Buildkite for what became of the pod.");
        FailOnBuildkiteErrors = families.Counter("job_fail_on_buildkite_errors_total", "Attempts to fail a job at Buildkite that failed.");
        _deleted = families.Counter(
            "pods_forcefully_deleted_total", "Pods deleted without grace.", ["delete_reason"], "image_pull_failure", "pending_timeout", "job_cancelled");
        _deletionErrors = families.Counter("pods_forceful_deletion_errors_total", "Those deletions that failed.", ["delete_reason", "error_reason"]);
    }

    public Gauge CancelCheckers { get; }

    public Gauge Ignored { get; }

    public Gauge WatchingForImageFailure { get; }

    public Counter FailedOnBuildkite { get; }

    public Counter FailOnBuildkiteErrors { get; }

    internal InformerCounters Events { get; }

    public void Deleted(PodDeletion why) => _deleted.WithLabels(Label(why)).Inc();

    /// <param name="why">Why the pod was to go.</param>
    /// <param name="reason">Kubernetes' status reason; null when there is none.</param>
    public void DeletionFailed(PodDeletion why, string? reason) => _deletionErrors.WithLabels(Label(why), StatusReasons.Label(reason)).Inc();

    private static string Label(PodDeletion why) => why switch
    {
        PodDeletion.ImagePullFailure => "image_pull_failure",
        PodDeletion.PendingTimeout => "pending_timeout",
        _ => "job_cancelled",
    };
}
