using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Cluster.Fetching;

/// <summary>Buildkite as JobFetcher sees it: a list of waiting jobs, and reservations.</summary>
public interface IWaitingList
{
    /// <summary>One page of the jobs waiting in the queue, oldest first.</summary>
    /// <param name="after">The cursor to read after; null = from the beginning.</param>
    /// <param name="limit">Most jobs on the page, 1 to 1000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<WaitingPage> ListAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Reserves jobs, or extends their reservations.</summary>
    /// <param name="jobs">At most 1000.</param>
    /// <param name="expiry">How long the reservations last; null = Buildkite's default.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ReservationAnswer> ReserveAsync(ImmutableArray<JobId> jobs, TimeSpan? expiry, CancellationToken cancellationToken);
}

/// <summary>A page of waiting jobs.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Paused">The queue is paused: nothing may be started.</param>
/// <param name="HasNextPage">More jobs follow.</param>
/// <param name="EndCursor">The cursor to read on after.</param>
/// <param name="Delay">How long the service wants to be left alone before the next page; null when it did not say.</param>
public sealed record WaitingPage(
    ImmutableArray<ScheduledJob> Jobs, bool Paused, bool HasNextPage, string? EndCursor, TimeSpan? Delay = null);

/// <summary>What became of an attempt to reserve. A job in neither set is in doubt.</summary>
/// <param name="Reserved">Reserved for us now.</param>
/// <param name="NotReserved">Taken by somebody else, cancelled or ended.</param>
/// <param name="Error">Why some are in doubt; null when none is.</param>
public sealed record ReservationAnswer(ImmutableHashSet<JobId> Reserved, ImmutableHashSet<JobId> NotReserved, Exception? Error);
