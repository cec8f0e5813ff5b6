using Scheduler.Cluster.Fetching;
using Scheduler.Management.Questions;

namespace Scheduler.Management.Limiter;

/// <summary>JobFetcher as <c>/singletons</c> and <c>scheduler status</c> show it.</summary>
/// <param name="Node">The node it is on.</param>
/// <param name="Waiting">Jobs waiting without a token.</param>
/// <param name="Asked">Requests for tokens outstanding.</param>
/// <param name="Launching">Jobs with a token and no Kubernetes Job yet.</param>
/// <param name="Paused">Buildkite has the queue paused.</param>
/// <param name="LastPollSecondsAgo">As of <see cref="AsOf"/>. Absent before the first successful poll.</param>
internal sealed record FetcherDocument(string Node, int Waiting, int Asked, int Launching, bool Paused, double? LastPollSecondsAgo)
{
    /// <summary>When this was said.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>How long ago that was, when it was asked for.</summary>
    public double AgeSeconds { get; init; }

    /// <summary>True when it does not answer now, so that this is what it said before; absent else.</summary>
    public bool? Stale { get; init; }

    /// <summary>Null when it never answered.</summary>
    public static FetcherDocument? Of(Reading<FetcherStatus> reading) => reading.Value is { } status
        ? Of(status) with { AsOf = reading.AsOf, AgeSeconds = Math.Round(reading.Age.TotalSeconds, 1), Stale = reading.IsAnswered ? null : true }
        : null;

    private static FetcherDocument Of(FetcherStatus status) => new(
        status.Node,
        status.Waiting,
        status.Asked,
        status.Launching,
        status.Paused,
        status.SinceLastPoll is { } since ? Math.Round(since.TotalSeconds, 1) : null);
}
