using System.Collections.Immutable;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>A queue and its list of jobs in state <c>scheduled</c>, always in order.</summary>
public sealed record QueueState(string Key, string Id)
{
    public ImmutableSortedSet<Slot> Scheduled { get; init; } = [];

    /// <summary>Since when the queue's dispatch is paused; null if it is not.</summary>
    public DateTimeOffset? PausedSince { get; init; }
}
