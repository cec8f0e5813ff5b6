using Scheduler.Cluster.Fetching;

namespace Scheduler.Management.Limiter;

/// <summary>JobFetcher as <c>/singletons</c> and <c>scheduler status</c> show it.</summary>
/// <param name="Node">The node it is on.</param>
/// <param name="Waiting">Jobs waiting without a token.</param>
/// <param name="Asked">Requests for tokens outstanding.</param>
/// <param name="Launching">Jobs with a token and no Kubernetes Job yet.</param>
/// <param name="Paused">Buildkite has the queue paused.</param>
/// <param name="LastPollSecondsAgo">Absent before the first successful poll.</param>
internal sealed record FetcherDocument(string Node, int Waiting, int Asked, int Launching, bool Paused, double? LastPollSecondsAgo)
{
    public static FetcherDocument Of(FetcherStatus status) => new(
        status.Node,
        status.Waiting,
        status.Asked,
        status.Launching,
        status.Paused,
        status.SinceLastPoll is { } since ? Math.Round(since.TotalSeconds, 1) : null);
}
