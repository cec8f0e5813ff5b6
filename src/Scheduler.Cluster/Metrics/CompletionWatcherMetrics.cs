using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>Counted by the job actors where sidecars outlive the agent.</summary>
public sealed class CompletionWatcherMetrics
{
    private readonly Counter _cleanupErrors;

    internal CompletionWatcherMetrics(MetricFamilies families)
    {
        Events = InformerCounters.Of(families, "Pod", countsDeletes: false);
        Cleanups = families.Counter("cleanups_total", "Jobs given a deadline because their agent has ended.");
        _cleanupErrors = families.Counter("cleanup_errors_total", "Deadlines that could not be set, by Kubernetes status reason.", ["reason"]);
    }

    public Counter Cleanups { get; }

    internal InformerCounters Events { get; }

    /// <param name="reason">Kubernetes' status reason; null when there is none.</param>
    public void CleanupFailed(string? reason) => _cleanupErrors.WithLabels(StatusReasons.Label(reason)).Inc();
}
