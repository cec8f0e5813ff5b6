using Scheduler.Core.Tags;

namespace Scheduler.Cluster.Fetching;

/// <summary>What JobFetcher is told at start. The configuration keys are named with each value.</summary>
public sealed record FetcherSettings
{
    /// <summary>The tags offered, the queue among them (<c>tags</c>, <c>queue</c>).</summary>
    public required AgentTags Tags { get; init; }

    /// <summary>Time between polls of the list, at least one second (<c>poll-interval</c>).</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Jobs per page, 1 to 1000 (<c>pagination-page-size</c>).</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>Pages of the sweep per poll (<c>pagination-depth-limit</c>).</summary>
    public int SweepPagesPerPoll { get; init; } = 2;

    /// <summary>Asks for tokens outstanding at once (<c>job-creation-concurrency</c>).</summary>
    public int Concurrency { get; init; } = 25;

    /// <summary>How long an Ask for a token waits (<c>take-timeout</c>).</summary>
    public TimeSpan TakeTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Most waiting jobs to remember (<c>work-queue-limit</c>).</summary>
    public int BacklogLimit { get; init; } = 1_000_000;

    /// <summary>How long a job is reserved until its Kubernetes Job exists (<c>reservation-grace</c>).</summary>
    public TimeSpan ReservationGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a job is reserved once its Kubernetes Job exists; null = Buildkite's default (<c>reservation-expiry-seconds</c>).</summary>
    public TimeSpan? ReservationExpiry { get; init; }

    /// <summary>How long the first reservation lasts: the shorter of the two, since an extension is not to shorten it.</summary>
    public TimeSpan FirstReservation => ReservationExpiry < ReservationGrace ? ReservationExpiry.Value : ReservationGrace;

    /// <summary>
    /// Least time between two calls that reserve. Buildkite allows ten a second, extensions among them: a steady pace below
    /// that carries more jobs than bursts that run into the limit.
    /// </summary>
    public TimeSpan ReserveSpacing { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>After this long without news of a launch the job is given up; Buildkite lists it again when its reservation ends.</summary>
    public TimeSpan LaunchTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>First wait before a launch that failed for a passing reason is tried again; doubled each time, up to thirty seconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);
}
