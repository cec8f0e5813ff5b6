using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>What the original measures of a job as a whole: its way from the list to its Kubernetes Job.</summary>
public sealed class JobMetrics
{
    internal JobMetrics(MetricFamilies families)
    {
        EndToEnd = families.Seconds("end_to_end_seconds", "From a job's first listing to its Kubernetes Job existing.", Buckets.Waits);
    }

    public Histogram EndToEnd { get; }
}
