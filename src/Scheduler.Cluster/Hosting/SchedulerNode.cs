using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Hocon;
using Scheduler.Cluster.Launching;
using Scheduler.Cluster.Limiter;
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
                loggers.AddLoggerFactory();
            })
            .AddHocon(HoconFiles.Load(), HoconAddMode.Prepend)
            .WithRemoting(new RemoteOptions { HostName = address.BindHost, PublicHostName = address.PublicHost, Port = address.Port })
            .WithClustering(new ClusterOptions { Roles = [Role], SeedNodes = [.. address.Seeds] })
            .WithSingleton<LimiterActor>(
                "limiter",
                (_, _, _) => LimiterActor.Props(parts.Limiter, parts.Lease, parts.Facts, parts.Time),
                new ClusterSingletonOptions { Role = Role, TerminationMessage = HandOver.Instance })
            .WithSingleton<K8sWatcher>(
                "watcher",
                (_, registry, _) => K8sWatcher.Props(parts.Watch, registry.Get<LimiterActor>()),
                singleton)
            .WithShardRegion<JobActor>(
                JobRouting.RegionName,
                (_, registry) =>
                {
                    var limiter = registry.Get<LimiterActor>();
                    var launcher = parts.Launcher(limiter);
                    return _ => JobActor.Props(launcher, limiter, registry.Get<JobFetcher>());
                },
                new JobRouting(),
                new ShardOptions { Role = Role, StateStoreMode = StateStoreMode.DData })
            .WithSingleton<JobFetcher>(
                "fetcher",
                (_, registry, _) => JobFetcher.Props(
                    parts.Fetcher, parts.Buildkite, registry.Get<LimiterActor>(), registry.Get<JobActor>(), parts.Time),
                singleton);

        if (address.Seeds.IsEmpty)
        {
            builder.AddStartup((system, _) =>
            {
                var cluster = Akka.Cluster.Cluster.Get(system);
                cluster.Join(cluster.SelfAddress);
            });
        }
    }
}
