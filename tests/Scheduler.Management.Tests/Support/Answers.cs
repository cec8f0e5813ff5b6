using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Watching;

namespace Scheduler.Management.Tests.Support;

/// <summary>What the singletons of a <see cref="TestNode"/> answer; null = nothing.</summary>
public sealed class Answers
{
    private int _limiterAsked;
    private int _fetcherAsked;
    private int _watcherAsked;

    /// <summary>How often each was asked.</summary>
    public (int Limiter, int Fetcher, int Watcher) Asked => (Volatile.Read(ref _limiterAsked), Volatile.Read(ref _fetcherAsked), Volatile.Read(ref _watcherAsked));

    public LimiterStatus? Limiter { get; set; }

    public FetcherStatus? Fetcher { get; set; }

    public WatcherStatus? Watcher { get; set; }

    /// <summary>Counts the question, and gives the answer; null = none.</summary>
    internal object? To(object question)
    {
        switch (question)
        {
            case GetLimiterStatus:
                Interlocked.Increment(ref _limiterAsked);
                return Limiter;
            case GetFetcherStatus:
                Interlocked.Increment(ref _fetcherAsked);
                return Fetcher;
            case GetWatcherStatus:
                Interlocked.Increment(ref _watcherAsked);
                return Watcher;
            default:
                return null;
        }
    }
}
