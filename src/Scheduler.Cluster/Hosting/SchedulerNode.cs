using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Cluster.Batching;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Hocon;
using Scheduler.Cluster.Launching;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Metrics;
using Scheduler.Cluster.Remoting;
using Scheduler.Cluster.Watching;

namespace Scheduler.Cluster.Hosting;

/// <summary>Puts one scheduler node together: the three singletons, the shard region, and the cluster they live in.</summary>
public static class SchedulerNode
{
    /// <summary>The role all scheduler nodes carry; part of the singletons' and shards' placement.</summary>
    public const string Role = "scheduler";

    /// <summary>Adds the node's actor system as a hosted service.</summary>
    public static IServiceCollection AddSchedulerNode(this IServiceCollection services, NodeAddress address, Func<IServiceProvider, NodeParts> parts)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(parts);
        return services.AddAkka(NodeAddress.SystemName, (builder, provider) => Configure(builder, address, parts(provider)));
    }

    private static void Configure(AkkaConfigurationBuilder builder, NodeAddress address, NodeParts parts)
    {
        var singleton = new ClusterSingletonOptions { Role = Role };
        builder
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLogger<NodeLogger>();
            })
            .AddHocon(HoconFiles.Load(), HoconAddMode.Prepend)
            .WithCluster(address, parts.Cluster, parts.Time, parts.Metrics.Wire)
            .WithSingleton<LimiterActor>(
                "limiter",
                (_, _, _) => SingletonGuardian.Over(LimiterActor.Props(parts.Limiter, parts.Lease, parts.Facts, parts.Time, parts.Metrics), "actor"),
                new ClusterSingletonOptions { Role = Role, TerminationMessage = HandOver.Instance })
            .WithBatchers(parts)
            .WithShardRegion<JobActor>(
                JobRouting.RegionName,
                (system, registry) =>
                {
                    var limiter = registry.Get<LimiterActor>();
                    var cluster = Akka.Cluster.Cluster.Get(system);
                    var launcher = parts.Launcher(limiter, () => cluster.State.Members.Count);
                    var gauges = new LifecycleGauges(parts.Metrics);
                    var props = new Lazy<Props>(() => JobActor.Props(new JobActorParts
                    {
                        Launcher = launcher,
                        Effects = parts.Effects,
                        Limiter = limiter,
                        Fetcher = registry.Get<JobFetcher>(),
                        States = registry.Get<JobStates>(),
                        Notifications = registry.Get<Notifications>(),
                        Settings = parts.Lifecycle,
                        Gauges = gauges,
                        Time = parts.Time,
                    }));
                    return _ => props.Value;
                },
                new JobRouting(),
                new ShardOptions { Role = Role, StateStoreMode = StateStoreMode.DData, HandOffStopMessage = HandOff.Instance })
            .WithSingleton<K8sWatcher>(
                "watcher",
                (_, registry, _) => SingletonGuardian.Over(
                    K8sWatcher.Props(
                        parts.Jobs, parts.Pods, registry.Get<LimiterActor>(), registry.Get<JobActor>(), parts.Watcher, parts.Metrics),
                    "actor"),
                singleton)
            .WithSingleton<JobFetcher>(
                "fetcher",
                (_, registry, _) => SingletonGuardian.Over(
                    JobFetcher.Props(parts.Fetcher, parts.Buildkite, registry.Get<LimiterActor>(), registry.Get<JobActor>(), parts.Time, parts.Metrics),
                    "actor"),
                singleton)
            .AddStartup((system, _) => QuietLeave.Arrange(system))
            .WithActors((system, registry, _) =>
                system.ActorOf(ClusterMeter.Props(parts.Metrics.Cluster, registry.Get<JobActor>()), "cluster-meter"));
    }
}
