using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Watching;

namespace Scheduler.Management;

/// <summary>A node as its HTTP endpoints see it: membership from its own actor system, singletons by asking them, wherever they are.</summary>
internal sealed class NodeView(IServiceProvider services, ManagementOptions options)
{
    /// <summary>Resolved late: the servers start before the actor system does.</summary>
    public ActorSystem System => services.GetRequiredService<ActorSystem>();

    public Akka.Cluster.Cluster Cluster => Akka.Cluster.Cluster.Get(System);

    /// <summary>Null when it does not answer in time: it is being handed over, or nobody is it.</summary>
    public Task<LimiterStatus?> LimiterAsync(CancellationToken cancellationToken) =>
        AskAsync<LimiterActor, LimiterStatus>(GetLimiterStatus.Instance, cancellationToken);

    /// <inheritdoc cref="LimiterAsync"/>
    public Task<FetcherStatus?> FetcherAsync(CancellationToken cancellationToken) =>
        AskAsync<JobFetcher, FetcherStatus>(GetFetcherStatus.Instance, cancellationToken);

    /// <inheritdoc cref="LimiterAsync"/>
    public Task<WatcherStatus?> WatcherAsync(CancellationToken cancellationToken) =>
        AskAsync<K8sWatcher, WatcherStatus>(GetWatcherStatus.Instance, cancellationToken);

    private async Task<TStatus?> AskAsync<TActor, TStatus>(object question, CancellationToken cancellationToken)
        where TStatus : class
    {
        if (!ActorRegistry.For(System).TryGet<TActor>(out var actor))
        {
            return null;
        }

        try
        {
            return await actor.Ask<TStatus>(question, options.AnswerTimeout, cancellationToken);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
