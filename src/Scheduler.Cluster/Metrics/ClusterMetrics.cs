using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>The cluster as this node sees it, and what it holds of it.</summary>
public sealed class ClusterMetrics
{
    private readonly Gauge _members;
    private readonly Gauge _singletons;

    internal ClusterMetrics(MetricFamilies families)
    {
        _members = families.Gauge(
            "members", "Members of the cluster as this node sees it.", ["status"], "joining", "weaklyup", "up", "leaving", "exiting", "down");
        Unreachable = families.Gauge("unreachable_members", "Members this node holds unreachable.");
        _singletons = families.Gauge("singleton", "1 where that singleton runs.", ["name"], "limiter", "fetcher", "watcher");
        Shards = families.Gauge("shards", "Shards of job actors on this node.");
        JobActors = families.Gauge("job_actors", "Job actors on this node.");
        Removed = families.Counter("members_removed_total", "Members that left the cluster or were removed from it while this node was in it.");
    }

    public Gauge Unreachable { get; }

    public Gauge Shards { get; }

    public Gauge JobActors { get; }

    public Counter Removed { get; }

    /// <param name="status">In lower case.</param>
    /// <param name="count">Members in that status.</param>
    public void Members(string status, int count) => _members.WithLabels(status).Set(count);

    /// <param name="name">limiter, fetcher or watcher.</param>
    /// <param name="isHere">Whether it runs on this node now.</param>
    public void Singleton(string name, bool isHere) => _singletons.WithLabels(name).Set(isHere ? 1 : 0);
}
