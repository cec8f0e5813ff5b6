using k8s;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scheduler.Buildkite;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Hosting;
using Scheduler.Cluster.Launching;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Watching;
using Scheduler.CommandLine;
using Scheduler.Core.Ledger;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Leases;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Watching;

namespace Scheduler.Running;

/// <summary>From the configuration to what a node's actors work with: each key is used in one place, here.</summary>
internal static class NodeWiring
{
    public static NodeParts Parts(IServiceProvider services, ControllerOptions options, Func<CancellationToken, Task> registerAgain)
    {
        var client = services.GetRequiredService<IKubernetes>();
        var stack = services.GetRequiredService<IStack>();
        var time = services.GetRequiredService<TimeProvider>();
        var selector = JobSelector.For(options.Id);
        var jobs = new KubernetesJobs(client, options.Namespace, selector);
        var factory = new ConfiguredJobFactory(
            client, options, VersionCommand.Version, services.GetRequiredService<ILoggerFactory>().CreateLogger("Scheduler.Pods"));
        return new NodeParts
        {
            Limiter = Limiter(options),
            Fetcher = Fetcher(options),
            Buildkite = new StackWaitingList(stack, registerAgain),
            Watch = new InformerJobWatch(new JobInformer(client, jobs, options.Namespace, selector, time)),
            Facts = new KubernetesFacts(jobs, factory.NameOf),
            Lease = () => new KubernetesLimiterLease(new KubernetesLeaseHolder(Lease(options), client, time)),
            Launcher = limiter => services.GetRequiredService<NodeActivity>().Follow(new JobLauncher(
                stack, jobs, factory, limiter, new LauncherSettings { Concurrency = Concurrency(options) }, time)),
            Time = time,
        };
    }

    private static LimiterSettings Limiter(ControllerOptions options) => new()
    {
        MaxInFlight = options.MaxInFlight,
        Ledger = new LedgerSettings { GrantLifetime = options.GrantLifetime },
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

    private static LeaseOptions Lease(ControllerOptions options) => new()
    {
        Namespace = options.Namespace,
        Name = string.IsNullOrEmpty(options.Id) ? "agent-stack-k8s-limiter" : $"agent-stack-k8s-limiter-{LeaseNames.Safe(options.Id)}",
        HolderName = Environment.MachineName,
    };

    private static int Concurrency(ControllerOptions options) => options.JobCreationConcurrency > 0 ? options.JobCreationConcurrency : 25;

    private static TimeSpan AtLeast(TimeSpan value, TimeSpan floor) => value > floor ? value : floor;
}
