using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>
/// All metrics of one node in a registry of its own, so that several nodes can live in one process. Safe to use from any
/// thread. What a singleton measures is 0 on the nodes where it is not, so that sums over the nodes are right.
/// </summary>
public sealed class NodeMetrics
{
    public NodeMetrics()
    {
        Registry = Prometheus.Metrics.NewCustomRegistry();
        var factory = Prometheus.Metrics.WithCustomRegistry(Registry);
        Jobs = new JobMetrics(Of("buildkite_job"));
        Monitor = new MonitorMetrics(Of("buildkite_monitor"));
        Limiter = new LimiterMetrics(Of("buildkite_limiter"));
        Deduper = new DeduperMetrics(Of("buildkite_deduper"));
        Worker = new WorkerMetrics(Of("buildkite_scheduler"));
        JobWatcher = new JobWatcherMetrics(Of("buildkite_job_watcher"));
        PodWatcher = new PodWatcherMetrics(Of("buildkite_pod_watcher"));
        CompletionWatcher = new CompletionWatcherMetrics(Of("buildkite_completion_watcher"));
        Lease = new LeaseMetrics(Of("scheduler_limiter"));
        Grants = new GrantMetrics(Of("scheduler_grants"));
        Watch = new WatchMetrics(Of("scheduler_watch"));
        Cluster = new ClusterMetrics(Of("scheduler_cluster"));
        Wire = new WireMetrics(Of("scheduler_wire"));
        Calls = new BuildkiteCallMetrics(Of("scheduler_buildkite"));
        JobEvents = new InformerEvents([Limiter.Events, Deduper.Events, JobWatcher.Events]);
        PodEvents = new InformerEvents([PodWatcher.Events, CompletionWatcher.Events]);

        MetricFamilies Of(string prefix) => new(factory, prefix);
    }

    /// <summary>What <c>/metrics</c> serves.</summary>
    public CollectorRegistry Registry { get; }

    public JobMetrics Jobs { get; }

    /// <summary>The polls of the list of waiting jobs.</summary>
    public MonitorMetrics Monitor { get; }

    public LimiterMetrics Limiter { get; }

    /// <summary>The jobs that hold a token: what keeps a job from running twice.</summary>
    public DeduperMetrics Deduper { get; }

    /// <summary>The creation of Kubernetes Jobs.</summary>
    public WorkerMetrics Worker { get; }

    public JobWatcherMetrics JobWatcher { get; }

    public PodWatcherMetrics PodWatcher { get; }

    public CompletionWatcherMetrics CompletionWatcher { get; }

    /// <summary>The limiter's lease and phases; ours.</summary>
    public LeaseMetrics Lease { get; }

    /// <summary>The limiter's grants; ours.</summary>
    public GrantMetrics Grants { get; }

    /// <summary>The watches of Kubernetes; ours.</summary>
    public WatchMetrics Watch { get; }

    /// <summary>Members, singletons and shards; ours.</summary>
    public ClusterMetrics Cluster { get; }

    /// <summary>What was refused at the remoting port; ours.</summary>
    public WireMetrics Wire { get; }

    /// <summary>Batched calls to Buildkite; ours.</summary>
    public BuildkiteCallMetrics Calls { get; }

    /// <summary>Changes of Jobs, counted under each subsystem that the original has listen to them.</summary>
    public InformerEvents JobEvents { get; }

    /// <summary>Changes of pods, likewise.</summary>
    public InformerEvents PodEvents { get; }
}
