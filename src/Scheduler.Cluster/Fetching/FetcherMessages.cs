using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Fetching;

/// <summary>Asks JobFetcher for its <see cref="FetcherStatus"/>.</summary>
public sealed record GetFetcherStatus : ICrossesNodes
{
    public static GetFetcherStatus Instance { get; } = new();
}

/// <summary>JobFetcher at one moment.</summary>
/// <param name="Waiting">Jobs in the backlog without a token.</param>
/// <param name="Asked">Asks for tokens outstanding.</param>
/// <param name="Launching">Jobs with a token and no Kubernetes Job yet.</param>
/// <param name="Paused">The queue is paused at Buildkite.</param>
/// <param name="SinceLastPoll">Time since a poll last succeeded; null before the first.</param>
public sealed record FetcherStatus(int Waiting, int Asked, int Launching, bool Paused, TimeSpan? SinceLastPoll) : ICrossesNodes
{
    /// <summary>Cluster address of the node it is on; empty outside a cluster.</summary>
    public string Node { get; init; } = "";
}

/// <summary>What JobFetcher says to itself.</summary>
public sealed partial class JobFetcher
{
    private sealed record PollDue
    {
        public static readonly PollDue Instance = new();
    }

    private sealed record HousekeepingDue
    {
        public static readonly HousekeepingDue Instance = new();
    }

    private sealed record PageListed(WaitingPage Page);

    private sealed record PollFailed(Exception Error);

    private sealed record TakeAnswered(JobId Job, Moment SentAt, ITokenAnswer Answer);

    private sealed record TakeTimedOut(JobId Job);

    private sealed record RetryDue(JobId Job);
}
