using Prometheus;
using Scheduler.Kubernetes.Watching;

namespace Scheduler.Cluster.Metrics;

/// <summary>The watches of Kubernetes, counted by K8sWatcher.</summary>
public sealed class WatchMetrics
{
    private readonly Counter _gaps;
    private readonly Counter _relists;
    private readonly Counter _ignored;

    internal WatchMetrics(MetricFamilies families)
    {
        _gaps = families.Counter("gaps_total", "Interruptions of a watch.", ["resource"], "jobs", "pods");
        _relists = families.Counter("relists_total", "Lists read, the first one included.", ["resource"], "jobs", "pods");
        _ignored = families.Counter(
            "ignored_total", "Jobs and pods that have our labels and are not believed, by what they lack.", ["resource", "lacks"]);
        foreach (var (resource, lacking) in new[]
        {
            ("jobs", StrangerReason.Label), ("jobs", StrangerReason.Name), ("pods", StrangerReason.Label), ("pods", StrangerReason.Owner),
        })
        {
            Ignored(resource, lacking);
        }

        Known = families.Gauge("known_jobs", "Buildkite jobs of which Kubernetes shows a Job or a pod.");
        Synced = families.Gauge("synced", "1 where the watch runs and has read its lists.");
    }

    public Gauge Known { get; }

    public Gauge Synced { get; }

    /// <summary>To be called once for each object.</summary>
    public void Ignored(Stranger stranger)
    {
        ArgumentNullException.ThrowIfNull(stranger);
        Ignored(stranger.Kind, stranger.Reason).Inc();
    }

    public void JobsInterrupted() => _gaps.WithLabels("jobs").Inc();

    public void PodsInterrupted() => _gaps.WithLabels("pods").Inc();

    public void JobsListed() => _relists.WithLabels("jobs").Inc();

    public void PodsListed() => _relists.WithLabels("pods").Inc();

    private Counter.Child Ignored(string resource, StrangerReason lacking) => _ignored.WithLabels(resource, Named(lacking));

    private static string Named(StrangerReason lacking) => lacking switch
    {
        StrangerReason.Label => "uuid",
        StrangerReason.Name => "name",
        _ => "owner",
    };
}
