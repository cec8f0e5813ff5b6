using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>The watches of Kubernetes, counted by K8sWatcher.</summary>
public sealed class WatchMetrics
{
    private readonly Counter _gaps;
    private readonly Counter _relists;

    internal WatchMetrics(MetricFamilies families)
    {
        _gaps = families.Counter("gaps_total", "Interruptions of a watch.", ["resource"], "jobs", "pods");
        _relists = families.Counter("relists_total", "Lists read, the first one included.", ["resource"], "jobs", "pods");
        Known = families.Gauge("known_jobs", "Buildkite jobs of which Kubernetes shows a Job or a pod.");
        Synced = families.Gauge("synced", "1 where the watch runs and has read its lists.");
    }

    public Gauge Known { get; }

    public Gauge Synced { get; }

    public void JobsInterrupted() => _gaps.WithLabels("jobs").Inc();

    public void PodsInterrupted() => _gaps.WithLabels("pods").Inc();

    public void JobsListed() => _relists.WithLabels("jobs").Inc();

    public void PodsListed() => _relists.WithLabels("pods").Inc();
}
