using System.Collections.Concurrent;
using Scheduler.Buildkite;
using Scheduler.Cluster.Lifecycle;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;

namespace Scheduler.Cluster.Tests.Launching;

/// <summary>The outside world as the test wants it; remembers what was done to it.</summary>
internal sealed class FakeEffects : IJobEffects
{
    public ConcurrentQueue<string> Finishes { get; } = new();

    public ConcurrentQueue<int> ExitStatuses { get; } = new();

    /// <summary>Pods and Jobs by <c>verb name uid</c>.</summary>
    public ConcurrentQueue<string> Removals { get; } = new();

    /// <summary>Answers of the next calls to finish; none left = it succeeds.</summary>
    public ConcurrentQueue<object> FinishAnswers { get; } = new();

    /// <summary>Failures of the next calls to remove; none left = they succeed.</summary>
    public ConcurrentQueue<Exception> RemoveFailures { get; } = new();

    /// <summary>Whether the next calls to remove find what they are to remove; none left = they do.</summary>
    public ConcurrentQueue<bool> RemoveAnswers { get; } = new();

    public IReadOnlyList<EventFact> Events { get; set; } = [];

    public Exception? EventsFailure { get; set; }

    public Task<FinishOutcome> FinishAsync(JobId job, int exitStatus, string detail, CancellationToken cancellationToken)
    {
        Finishes.Enqueue(detail);
        ExitStatuses.Enqueue(exitStatus);
        return FinishAnswers.TryDequeue(out var answer) && answer is Exception error
            ? Task.FromException<FinishOutcome>(error)
            : Task.FromResult(answer as FinishOutcome? ?? FinishOutcome.Finished);
    }

    public Task<bool> DeletePodAsync(string name, string uid, Revision? asSeen, CancellationToken cancellationToken) => Remove($"pod {name} {uid}");

    public Task<bool> DeleteJobAsync(string name, string uid, CancellationToken cancellationToken) => Remove($"job {name} {uid}");

    public Task<bool> SetDeadlineAsync(string name, string uid, TimeSpan deadline, CancellationToken cancellationToken) =>
        Remove($"deadline {name} {uid} {deadline.TotalSeconds}");

    public Task<IReadOnlyList<EventFact>> ListEventsAsync(string jobName, CancellationToken cancellationToken) =>
        EventsFailure is { } error ? Task.FromException<IReadOnlyList<EventFact>>(error) : Task.FromResult(Events);

    private Task<bool> Remove(string what)
    {
        Removals.Enqueue(what);
        return RemoveFailures.TryDequeue(out var error) ? Task.FromException<bool>(error) : Task.FromResult(!RemoveAnswers.TryDequeue(out var isFound) || isFound);
    }
}
