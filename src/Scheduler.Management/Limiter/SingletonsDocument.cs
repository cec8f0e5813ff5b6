namespace Scheduler.Management.Limiter;

/// <summary>Where the singletons are and how they do. What never answered is absent; what does not answer now is stale.</summary>
internal sealed record SingletonsDocument(LimiterDocument? Limiter, FetcherDocument? Fetcher, WatcherDocument? Watcher);
