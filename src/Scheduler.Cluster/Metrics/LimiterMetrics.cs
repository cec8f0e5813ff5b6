using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>Tokens as the limiter keeps them, and the jobs that wait for them as JobFetcher does.</summary>
public sealed class LimiterMetrics
{
    private readonly Counter _handlerErrors;
    private readonly Counter _underflows;

    internal LimiterMetrics(MetricFamilies families)
    {
        MaxInFlight = families.Gauge("max_in_flight", "The limit; 0 = unlimited, and 0 on nodes that are not the limiter.");
        TokensAvailable = families.Gauge(
            "tokens_available",
            "Tokens that can be granted now: the limit less all holders (the original also leaves out those of idle workers). 0 when unlimited, and on nodes that are not the limiter.");
        WorkQueueLength = families.Gauge("work_queue_length", "Waiting jobs known to the node that polls.");
        TokenWait = families.Seconds("token_wait_duration_seconds", "From a job's first request for a token to its grant.", Buckets.Waits);
        WorkWait = families.Seconds("work_wait_duration_seconds", "Time without any job to request a token for, each time it ends.", Buckets.Waits);
        WaitingForToken = families.Gauge("waiting_for_token", "Requests for tokens that are not answered yet.");
        WaitingForWork = families.Gauge("waiting_for_work", "Requests that could be made besides, were there jobs.");
        HandlerCalls = families.Counter("job_handler_calls_total", "Jobs whose request for a token was answered.");
        _handlerErrors = families.Counter(
            "job_handler_errors_total",
            "Jobs not launched: duplicate = its Job exists unfinished; stale = cancelled, ended or taken by another stack; other = the launch failed.",
            ["reason"],
            "duplicate",
            "stale",
            "other");
        Events = InformerCounters.Of(families, "Job");
        _underflows = families.Counter("token_underflows_total", "Unfinished Jobs adopted without a free token.", ["source"], "OnAdd");
        families.Counter(
            "token_overflows_total", "Tokens returned beyond the limit; stays 0, each holder is known by name.", ["source"], "Handle", "OnUpdate", "OnDelete");
    }

    public Gauge MaxInFlight { get; }

    public Gauge TokensAvailable { get; }

    public Gauge WorkQueueLength { get; }

    public Histogram TokenWait { get; }

    public Histogram WorkWait { get; }

    public Gauge WaitingForToken { get; }

    public Gauge WaitingForWork { get; }

    public Counter HandlerCalls { get; }

    internal InformerCounters Events { get; }

    /// <summary>A job was not launched because its Job exists unfinished.</summary>
    public void Duplicate() => _handlerErrors.WithLabels("duplicate").Inc();

    /// <summary>A job was not launched because it is no longer ours to run.</summary>
    public void Stale() => _handlerErrors.WithLabels("stale").Inc();

    /// <summary>A launch failed, for now or for good.</summary>
    public void LaunchFailed() => _handlerErrors.WithLabels("other").Inc();

    /// <summary>An unfinished Job was adopted though no token was free.</summary>
    public void Underflow(int count = 1) => _underflows.WithLabels("OnAdd").Inc(count);
}
