using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Fetching;

/// <summary>Asks JobFetcher for its <see cref="FetcherStatus"/>.</summary>
public sealed record GetFetcherStatus
{
    public static GetFetcherStatus Instance { get; } = new();
}

/// <summary>JobFetcher at one moment.</summary>
/// <param name="Waiting">Jobs in the backlog without a token.</param>
/// <param name="Asked">Asks for tokens outstanding.</param>
/// <param name="Launching">Jobs with a token and no Kubernetes Job yet.</param>
/// <param name="Paused">The queue is paused at Buildkite.</param>
/// <param name="LastPoll">When the last poll succeeded, on this node's clock.</param>
public sealed record FetcherStatus(int Waiting, int Asked, int Launching, bool Paused, Moment? LastPoll);

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
