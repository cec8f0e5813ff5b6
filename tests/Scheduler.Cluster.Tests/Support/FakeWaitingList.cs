using System.Collections.Concurrent;
using System.Collections.Immutable;
using Scheduler.Cluster.Fetching;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Cluster.Tests.Support;

/// <summary>One page of waiting jobs, and a record of what was reserved.</summary>
internal sealed class FakeWaitingList : IWaitingList
{
    public ImmutableArray<ScheduledJob> Jobs { get; set; } = [];

    public bool Paused { get; set; }

    public Exception? ListFailure { get; set; }

    public Exception? ReserveFailure { get; set; }

    public ImmutableHashSet<JobId> TakenByOthers { get; set; } = [];

    public ConcurrentQueue<(ImmutableArray<JobId> Jobs, TimeSpan? Expiry)> Reservations { get; } = new();

    public Task<WaitingPage> ListAsync(string? after, int limit, CancellationToken cancellationToken) =>
        ListFailure is { } failure
            ? Task.FromException<WaitingPage>(failure)
            : Task.FromResult(new WaitingPage(Jobs, Paused, HasNextPage: false, EndCursor: null));

    public Task<ReservationAnswer> ReserveAsync(ImmutableArray<JobId> jobs, TimeSpan? expiry, CancellationToken cancellationToken)
    {
        if (ReserveFailure is { } failure)
        {
            return Task.FromException<ReservationAnswer>(failure);
        }

        Reservations.Enqueue((jobs, expiry));
        return Task.FromResult(new ReservationAnswer(
            [.. jobs.Where(job => !TakenByOthers.Contains(job))], [.. jobs.Where(TakenByOthers.Contains)], null));
    }
}
