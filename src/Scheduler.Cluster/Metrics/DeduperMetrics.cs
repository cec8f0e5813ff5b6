using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>Counted by the limiter, whose holders are what the original's deduper tracks. Finished Jobs are not among them.</summary>
public sealed class DeduperMetrics
{
    private const string Handle = "Handle";
    private const string OnAdd = "OnAdd";
    private const string OnDelete = "OnDelete";

    private readonly Counter _marked;
    private readonly Counter _unmarked;
    private readonly Counter _alreadyRunning;
    private readonly Counter _alreadyNotRunning;

    internal DeduperMetrics(MetricFamilies families)
    {
        Running = families.Gauge("jobs_running", "Jobs that hold a token: granted, or unfinished in Kubernetes.");
        HandlerCalls = families.Counter("job_handler_calls_total", "Jobs granted a token, to be launched.");
        HandlerErrors = families.Counter("job_handler_errors_total", "Grants returned because the launch came to nothing.");
        Events = InformerCounters.Of(families, "Job");
        _marked = families.Counter("jobs_marked_running_total", "Jobs that became holders: Handle = by a grant, OnAdd = seen unfinished.", ["source"], Handle, OnAdd);
        _unmarked = families.Counter(
            "jobs_unmarked_running_total", "Jobs that ceased to be holders: Handle = grant returned, OnDelete = finished or gone.", ["source"], Handle, OnDelete);
        _alreadyRunning = families.Counter(
            "jobs_already_running_total", "Jobs met again while they held a token: Handle = by a request, OnAdd = by a list.", ["source"], Handle, OnAdd);
        _alreadyNotRunning = families.Counter(
            "jobs_already_not_running_total", "Jobs given up that held no token (any more): Handle = by a return, OnDelete = by a change.", ["source"], Handle, OnDelete);
    }

    public Gauge Running { get; }

    public Counter HandlerCalls { get; }

    public Counter HandlerErrors { get; }

    internal InformerCounters Events { get; }

    public void Granted(int count = 1) => _marked.WithLabels(Handle).Inc(count);

    public void Adopted(int count = 1) => _marked.WithLabels(OnAdd).Inc(count);

    public void Returned(int count = 1) => _unmarked.WithLabels(Handle).Inc(count);

    public void Gone(int count = 1) => _unmarked.WithLabels(OnDelete).Inc(count);

    public void RequestedAgain() => _alreadyRunning.WithLabels(Handle).Inc();

    public void ListedAgain(int count = 1) => _alreadyRunning.WithLabels(OnAdd).Inc(count);

    public void ReturnedInVain() => _alreadyNotRunning.WithLabels(Handle).Inc();

    public void GoneInVain() => _alreadyNotRunning.WithLabels(OnDelete).Inc();
}
