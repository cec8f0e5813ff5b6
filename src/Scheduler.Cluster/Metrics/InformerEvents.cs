using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>
/// Counts changes of Kubernetes objects. The original has an informer per subsystem, each with counters of its own; here one
/// watch feeds all, so one change counts once under each of them.
/// </summary>
public sealed class InformerEvents
{
    private readonly InformerCounters[] _counters;

    internal InformerEvents(InformerCounters[] counters)
    {
        _counters = counters;
    }

    /// <summary>An object was listed or appeared.</summary>
    public void Added(int count = 1) => Add(counters => counters.Added, count);

    public void Updated(int count = 1) => Add(counters => counters.Updated, count);

    public void Deleted(int count = 1) => Add(counters => counters.Deleted, count);

    private void Add(Func<InformerCounters, Counter?> which, int count)
    {
        foreach (var counters in _counters)
        {
            which(counters)?.Inc(count);
        }
    }
}
