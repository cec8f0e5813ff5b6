namespace Scheduler.Management.Limiter;

/// <summary>Where the singletons are and how they do. What does not answer is absent.</summary>
internal sealed record SingletonsDocument(LimiterDocument? Limiter, FetcherDocument? Fetcher, WatcherDocument? Watcher);
