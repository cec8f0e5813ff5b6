using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>Counted by each node's launcher.</summary>
public sealed class WorkerMetrics
{
    private readonly Counter _createErrors;

    internal WorkerMetrics(MetricFamilies families)
    {
        CreateCalls = families.Counter("job_create_calls_total", "Attempts to create a Kubernetes Job.");
        CreateSuccess = families.Counter("job_create_success_total", "Kubernetes Jobs created.");
        _createErrors = families.Counter(
            "job_create_errors_total", "Attempts that failed, by Kubernetes status reason; empty when no answer of the API server is known.", ["reason"]);
        FailedOnBuildkite = families.Counter("jobs_failed_on_buildkite_total", "Jobs failed at Buildkite because no Kubernetes Job can be created.");
        FailOnBuildkiteErrors = families.Counter("job_fail_on_buildkite_errors_total", "Attempts to fail a job at Buildkite that failed.");
    }

    public Counter CreateCalls { get; }

    public Counter CreateSuccess { get; }

    public Counter FailedOnBuildkite { get; }

    public Counter FailOnBuildkiteErrors { get; }

    /// <param name="reason">Kubernetes' status reason, such as <c>Invalid</c>; null when the API server did not answer with one.</param>
    public void CreateFailed(string? reason) => _createErrors.WithLabels(StatusReasons.Label(reason)).Inc();
}
