using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>One subsystem's counters of informer events.</summary>
internal sealed record InformerCounters(Counter Added, Counter Updated, Counter? Deleted)
{
    public static InformerCounters Of(MetricFamilies families, string kind, bool countsDeletes = true) => new(
        families.Counter("onadd_events_total", $"{kind}s listed or appeared."),
        families.Counter("onupdate_events_total", $"{kind}s changed."),
        countsDeletes ? families.Counter("ondelete_events_total", $"{kind}s deleted.") : null);
}
