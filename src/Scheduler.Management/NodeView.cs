using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Watching;
using Scheduler.Management.Questions;

namespace Scheduler.Management;

/// <summary>
/// A node as its HTTP endpoints see it: membership from its own actor system, singletons and shards by asking them, wherever they
/// are, but once per <see cref="ManagementOptions.ReadInterval"/> whatever the number of requests.
/// </summary>
internal sealed class NodeView
{
    private static readonly TimeSpan RegionTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClusterTimeout = TimeSpan.FromSeconds(10);

    private readonly IServiceProvider _services;
    private readonly ManagementOptions _options;
    private readonly TimeProvider _time;
    private readonly SharedQuestion<LimiterStatus> _limiter;
    private readonly SharedQuestion<FetcherStatus> _fetcher;
    private readonly SharedQuestion<WatcherStatus> _watcher;
    private readonly ConcurrentDictionary<string, SharedQuestion<ShardRegionStats>> _regions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SharedQuestion<ClusterShardingStats>> _shards = new(StringComparer.Ordinal);

    public NodeView(IServiceProvider services, ManagementOptions options, TimeProvider time)
    {
        (_services, _options, _time) = (services, options, time);
        _limiter = Shared(() => AskAsync<LimiterActor, LimiterStatus>(GetLimiterStatus.Instance));
        _fetcher = Shared(() => AskAsync<JobFetcher, FetcherStatus>(GetFetcherStatus.Instance));
        _watcher = Shared(() => AskAsync<K8sWatcher, WatcherStatus>(GetWatcherStatus.Instance));
    }

    /// <summary>Resolved late: the servers start before the actor system does.</summary>
    public ActorSystem System => _services.GetRequiredService<ActorSystem>();

    public Akka.Cluster.Cluster Cluster => Akka.Cluster.Cluster.Get(System);

    /// <summary>Without a current answer it is being handed over, or nobody is it.</summary>
    public Task<Reading<LimiterStatus>> LimiterAsync(CancellationToken cancellationToken) => _limiter.ReadAsync(cancellationToken);

    /// <inheritdoc cref="LimiterAsync"/>
    public Task<Reading<FetcherStatus>> FetcherAsync(CancellationToken cancellationToken) => _fetcher.ReadAsync(cancellationToken);

    /// <inheritdoc cref="LimiterAsync"/>
    public Task<Reading<WatcherStatus>> WatcherAsync(CancellationToken cancellationToken) => _watcher.ReadAsync(cancellationToken);

    /// <summary>Whether there is such a type of sharded actors. Only for those anything is remembered here.</summary>
    public bool HasRegion(string name) => ClusterSharding.Get(System).ShardTypeNames.Contains(name);

    /// <summary>The shards of this node's region.</summary>
    /// <param name="name">One that <see cref="HasRegion"/> knows.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Reading<ShardRegionStats>> RegionAsync(string name, CancellationToken cancellationToken) => _regions
        .GetOrAdd(name, _ => Shared(async () => await RegionOf(name).Ask<ShardRegionStats?>(GetShardRegionStats.Instance, RegionTimeout)))
        .ReadAsync(cancellationToken);

    /// <summary>The shards of all nodes.</summary>
    /// <inheritdoc cref="RegionAsync"/>
    public Task<Reading<ClusterShardingStats>> ShardsAsync(string name, CancellationToken cancellationToken) => _shards
        .GetOrAdd(name, _ => Shared(async () =>
            await RegionOf(name).Ask<ClusterShardingStats?>(new GetClusterShardingStats(RegionTimeout), ClusterTimeout)))
        .ReadAsync(cancellationToken);

    private IActorRef RegionOf(string name) => ClusterSharding.Get(System).ShardRegion(name);

    private SharedQuestion<T> Shared<T>(Func<Task<T?>> ask)
        where T : class => new(ask, _options.ReadInterval, _time);

    private async Task<TStatus?> AskAsync<TActor, TStatus>(object question)
        where TStatus : class =>
        ActorRegistry.For(System).TryGet<TActor>(out var actor) ? await actor.Ask<TStatus?>(question, _options.AnswerTimeout) : null;
}
