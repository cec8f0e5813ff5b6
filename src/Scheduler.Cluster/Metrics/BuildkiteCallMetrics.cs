using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>Calls that many jobs share, counted by JobFetcher and the node's batchers.</summary>
public sealed class BuildkiteCallMetrics
{
    internal BuildkiteCallMetrics(MetricFamilies families)
    {
        ReserveCalls = families.Counter("reserve_calls_total", "Calls that reserve jobs or extend reservations.");
        ReserveErrors = families.Counter("reserve_errors_total", "Those that failed, at least in part.");
        Paused = families.Gauge("queue_paused", "1 while Buildkite has the queue paused.");
        StatesCalls = families.Counter("states_calls_total", "Calls that ask for jobs' states.");
        StatesErrors = families.Counter("states_errors_total", "Those that failed.");
        NotificationsSent = families.Counter("notifications_sent_total", "Notifications Buildkite accepted.");
        NotificationsDropped = families.Counter("notifications_dropped_total", "Notifications given up: refused, too many for one job, or no room to keep them.");
    }

    public Counter ReserveCalls { get; }

    public Counter ReserveErrors { get; }

    public Gauge Paused { get; }

    public Counter StatesCalls { get; }

    public Counter StatesErrors { get; }

    public Counter NotificationsSent { get; }

    public Counter NotificationsDropped { get; }
}
