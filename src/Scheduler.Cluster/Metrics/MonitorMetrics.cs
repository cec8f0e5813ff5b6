using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>Counted by JobFetcher. A poll is one round over the pages of the list.</summary>
public sealed class MonitorMetrics
{
    internal MonitorMetrics(MetricFamilies families)
    {
        Up = families.Gauge("monitor_up", "1 on the node that polls for jobs.");
        Queries = families.Counter("job_queries_total", "Polls begun.");
        QueryErrors = families.Counter("job_query_errors_total", "Polls that failed.");
        QuerySeconds = families.Seconds("job_query_seconds", "Duration of a poll, all its pages together.", Buckets.Calls);
        Returned = families.Counter("jobs_returned_total", "Jobs listed, again at each listing.");
        FilteredOut = families.Counter("jobs_filtered_out_total", "Jobs listed whose tags do not fit, again at each listing.");
        Handled = families.Counter("jobs_handled_total", "Jobs listed whose tags fit, merged into the backlog.");
        HandledErrors = families.Counter("jobs_handled_errors_total", "Jobs that could not be merged into the backlog; stays 0, merging cannot fail.");
        HandlerCalls = families.Counter("job_handler_calls_total", "Pages with at least one job merged into the backlog.");
        HandlerErrors = families.Counter("job_handler_errors_total", "Merges that failed; stays 0.");
    }

    public Gauge Up { get; }

    public Counter Queries { get; }

    public Counter QueryErrors { get; }

    public Histogram QuerySeconds { get; }

    public Counter Returned { get; }

    public Counter FilteredOut { get; }

    public Counter Handled { get; }

    public Counter HandledErrors { get; }

    public Counter HandlerCalls { get; }

    public Counter HandlerErrors { get; }
}
