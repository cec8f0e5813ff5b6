using System.Collections.Concurrent;
using Scheduler.Buildkite;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Cluster.Tests.Support;

/// <summary>A stack with an empty list that answers state questions and takes notifications as the test says.</summary>
internal sealed class FakeStack : IStack
{
    public StackRegistration Registration { get; } = new("key", "queue", "queue");

    public ConcurrentDictionary<JobId, JobState> States { get; } = new();

    /// <summary>Every call for states, by its jobs.</summary>
    public ConcurrentQueue<IReadOnlyCollection<JobId>> StateCalls { get; } = new();

    /// <summary>When those calls were made, on <see cref="Clock"/>.</summary>
    public ConcurrentQueue<DateTimeOffset> StateCallTimes { get; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Every call with notifications.</summary>
    public ConcurrentQueue<IReadOnlyCollection<StackNotification>> NotifyCalls { get; } = new();

    /// <summary>Thrown instead of an answer.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What calls wait for before they answer.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<IReadOnlyDictionary<JobId, JobState>> GetStatesAsync(IReadOnlyCollection<JobId> jobs, CancellationToken cancellationToken)
    {
        StateCallTimes.Enqueue(Clock.GetUtcNow());
        StateCalls.Enqueue(jobs);
        await Gate.WaitAsync(cancellationToken);
        return Failure is null ? jobs.Where(States.ContainsKey).ToDictionary(job => job, job => States[job]) : throw Failure;
    }

    public async Task<NotifyResult> NotifyAsync(IReadOnlyCollection<StackNotification> notifications, CancellationToken cancellationToken)
    {
        NotifyCalls.Enqueue(notifications);
        await Gate.WaitAsync(cancellationToken);
        return Failure is StacksApiException error ? new NotifyResult([], [.. notifications], error) : new NotifyResult([], [], null);
    }

    public Task<bool> DeregisterAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ScheduledPage> ListScheduledAsync(string? after, int limit, CancellationToken cancellationToken) => Failure is null
        ? Task.FromResult(new ScheduledPage([], Paused: false, HasNextPage: false, EndCursor: null, Delay: null))
        : Task.FromException<ScheduledPage>(Failure);

    public Task<ReserveResult> ReserveAsync(IReadOnlyCollection<JobId> jobs, TimeSpan? expiry, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<BuildkiteJob?> GetJobAsync(JobId job, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<FinishOutcome> FinishAsync(JobId job, int exitStatus, string detail, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
