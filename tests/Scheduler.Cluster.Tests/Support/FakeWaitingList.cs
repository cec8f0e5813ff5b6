using System.Collections.Concurrent;
using System.Collections.Immutable;
using Scheduler.Cluster.Fetching;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Cluster.Tests.Support;

/// <summary>One page of waiting jobs, and a record of what was reserved.</summary>
internal sealed class FakeWaitingList(TimeProvider time) : IWaitingList
{
    public ImmutableArray<ScheduledJob> Jobs { get; set; } = [];

    public bool Paused { get; set; }

    public Exception? ListFailure { get; set; }

    public Exception? ReserveFailure { get; set; }

    public ImmutableHashSet<JobId> TakenByOthers { get; set; } = [];

    public ConcurrentQueue<(ImmutableArray<JobId> Jobs, TimeSpan? Expiry)> Reservations { get; } = new();

    /// <summary>When the list was asked for.</summary>
    public ConcurrentQueue<DateTimeOffset> ListTimes { get; } = new();

    public int Lists => ListTimes.Count;

    private Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>From now on reservations are answered once the test says so.</summary>
    public TaskCompletionSource HoldReservations()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Gate = gate.Task;
        return gate;
    }

    public Task<WaitingPage> ListAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        ListTimes.Enqueue(time.GetUtcNow());
        return ListFailure is { } failure
            ? Task.FromException<WaitingPage>(failure)
            : Task.FromResult(new WaitingPage(Jobs, Paused, HasNextPage: false, EndCursor: null));
    }

    public async Task<ReservationAnswer> ReserveAsync(ImmutableArray<JobId> jobs, TimeSpan? expiry, CancellationToken cancellationToken)
    {
        if (ReserveFailure is { } failure)
        {
            throw failure;
        }

        Reservations.Enqueue((jobs, expiry));
        await Gate.WaitAsync(cancellationToken);
        return new ReservationAnswer([.. jobs.Where(job => !TakenByOthers.Contains(job))], [.. jobs.Where(TakenByOthers.Contains)], null);
    }
}
