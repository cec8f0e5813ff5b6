using Prometheus;

namespace Scheduler.Cluster.Metrics;

public sealed class JobMetrics
{
    internal JobMetrics(MetricFamilies families)
    {
        EndToEnd = families.Seconds("end_to_end_seconds", "From a job's first listing to its Kubernetes Job existing.", Buckets.Waits);
    }

    public Histogram EndToEnd { get; }
}
