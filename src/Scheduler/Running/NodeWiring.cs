using System.Threading.RateLimiting;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scheduler.Buildkite;
using Scheduler.Cluster.Batching;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Hosting;
using Scheduler.Cluster.Launching;
using Scheduler.Cluster.Lifecycle;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Metrics;
using Scheduler.Cluster.Watching;
using Scheduler.CommandLine;
using Scheduler.Core.Facts;
using Scheduler.Core.Ledger;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Verdicts;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Events;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Leases;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.PodDeletion;
using Scheduler.Kubernetes.Watching;

namespace Scheduler.Running;

/// <summary>From the configuration to what a node's actors work with: each key is used in one place, here.</summary>
internal static partial class NodeWiring
{
    private static readonly TimeSpan LongestReleasePause = new LifecycleSettings().ReleasePause;

    public static NodeParts Parts(
        IServiceProvider services, ControllerOptions options, NodeAddress address, RenewalTurn? turn, Func<CancellationToken, Task> registerAgain)
    {
        var client = services.GetRequiredService<IKubernetes>();
        var stack = services.GetRequiredService<IStack>();
        var time = services.GetRequiredService<TimeProvider>();
        var selector = JobSelector.For(options.Id);
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Scheduler.Kubernetes");
        var limit = RateLimit(options);
        var metrics = services.GetRequiredService<NodeMetrics>();
        var strangers = new Strangers(stranger =>
        {
            metrics.Watch.Ignored(stranger);
            LogStranger(log, stranger.Message);
        });
        var jobs = new KubernetesJobs(client, options.Namespace, selector, limit, time, strangers);
        var factory = new ConfiguredJobFactory(
            client, options, VersionCommand.Version, services.GetRequiredService<ILoggerFactory>().CreateLogger("Scheduler.Pods"));
        var cluster = ClusterWiring.Parts(options, address, client, turn, time);
        return new NodeParts
        {
            Cluster = cluster,
            Limiter = Limiter(options),
            Fetcher = Fetcher(options),
            Buildkite = new StackWaitingList(stack, registerAgain),
            Stack = stack,
            Lifecycle = Lifecycle(options),
            Effects = new JobEffects(
                stack,
                jobs,
                new KubernetesPods(client, options.Namespace, limit, time),
                new KubernetesEvents(client, options.Namespace, limit, time)),
            Jobs = new Informer<JobFact>(ResourceFeeds.Jobs(client, options.Namespace, selector, time, strangers), time),
            Pods = new Informer<PodFact>(ResourceFeeds.Pods(client, options.Namespace, selector, time, strangers), time),
            Watcher = new WatcherSettings { NameOf = factory.NameOf },
            States = new JobStatesSettings { Interval = options.JobCancelCheckerPollInterval },
            Facts = new KubernetesFacts(jobs, factory.NameOf),
            Lease = () => new KubernetesLimiterLease(new KubernetesLeaseHolder(cluster.Timing, client, time, cluster.LimiterSighting)),
            Launcher = (limiter, nodes) => services.GetRequiredService<NodeActivity>().Follow(new JobLauncher(
                stack,
                jobs,
                factory,
                limiter,
                new LauncherSettings { Concurrency = Concurrency(options) },
                nodes,
                time,
                metrics)),
            Metrics = metrics,
            Time = time,
        };
    }

    private static LimiterSettings Limiter(ControllerOptions options) => new()
    {
        MaxInFlight = options.MaxInFlight,
        LeaseInterval = options.LeaseRenewInterval,
        Ledger = new LedgerSettings { GrantLifetime = options.GrantLifetime, Numbers = GrantNumbers.Secret() },
    };

    private static FetcherSettings Fetcher(ControllerOptions options) => new()
    {
        Tags = StackNames.Tags(options),
        PollInterval = AtLeast(options.PollInterval, TimeSpan.FromSeconds(1)),
        PageSize = options.PaginationPageSize,
        SweepPagesPerPoll = options.PaginationDepthLimit,
        Concurrency = Concurrency(options),
        TakeTimeout = options.TakeTimeout,
        BacklogLimit = options.WorkQueueLimit > 0 ? options.WorkQueueLimit : 1_000_000,
        ReservationGrace = options.ReservationGrace,
        ReservationExpiry = options.ReservationExpirySeconds > 0 ? TimeSpan.FromSeconds(options.ReservationExpirySeconds) : null,
    };

    /// <summary>For 0 the Go client's own defaults stand.</summary>
    private static RateLimiter? RateLimit(ControllerOptions options) => options.K8sClientRateLimiterQps == 0
        ? ClientRateLimit.Create(callsPerSecond: 5, options.K8sClientRateLimiterBurst > 0 ? options.K8sClientRateLimiterBurst : 10)
        : ClientRateLimit.Create(options.K8sClientRateLimiterQps, options.K8sClientRateLimiterBurst);

    private static LifecycleSettings Lifecycle(ControllerOptions options) => new()
    {
        Verdict = VerdictSettings.From(
            options.ImagePullBackoffGracePeriod,
            options.PodPendingTimeout,
            options.EmptyJobGracePeriod,
            options.EnableCompletionWatcher ? TimeSpan.FromSeconds(options.DefaultTerminationGracePeriodSeconds) : null),
        ReleasePause = ReleasePause(options.JobCancelCheckerPollInterval),
    };

    /// <summary>Not longer than a round, so that an ended job's pod is gone two rounds later.</summary>
    private static TimeSpan ReleasePause(TimeSpan round) =>
        round > TimeSpan.Zero && round < LongestReleasePause ? round : LongestReleasePause;

    private static int Concurrency(ControllerOptions options) => options.JobCreationConcurrency > 0 ? options.JobCreationConcurrency : 25;

    private static TimeSpan AtLeast(TimeSpan value, TimeSpan floor) => value > floor ? value : floor;

    [LoggerMessage(LogLevel.Warning, "{Stranger}")]
    private static partial void LogStranger(ILogger logger, string stranger);
}
