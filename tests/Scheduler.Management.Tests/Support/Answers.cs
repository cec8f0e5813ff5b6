using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Watching;

namespace Scheduler.Management.Tests.Support;

/// <summary>What the singletons of a <see cref="TestNode"/> answer; null = nothing.</summary>
public sealed class Answers
{
    public LimiterStatus? Limiter { get; set; }

    public FetcherStatus? Fetcher { get; set; }

    public WatcherStatus? Watcher { get; set; }
}
