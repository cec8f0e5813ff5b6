using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>
/// Everything the server knows, as one immutable value. Each method is one atomic step of the service: it takes the time as an
/// argument and answers the next state together with what the caller is told. Nothing here reads a clock or does I/O.
/// </summary>
public sealed partial record BuildkiteState
{
    private const int MaxViolations = 1000;

    public required StateRules Rules { get; init; }

    /// <summary>Key of the queue that <c>_default</c>, <c>__default__</c>, <c>~</c>, <c>-</c> and the empty key stand for.</summary>
    public required string DefaultQueue { get; init; }

    /// <summary>Active stacks allowed in the organisation.</summary>
    public required int MaxStacks { get; init; }

    public ImmutableDictionary<JobId, Job> Jobs { get; init; } = ImmutableDictionary<JobId, Job>.Empty;

    public ImmutableDictionary<string, QueueState> Queues { get; init; } = ImmutableDictionary<string, QueueState>.Empty;

    public ImmutableDictionary<string, StackRegistration> Stacks { get; init; } = ImmutableDictionary<string, StackRegistration>.Empty;

    public ImmutableDictionary<Guid, Agent> Agents { get; init; } = ImmutableDictionary<Guid, Agent>.Empty;

    /// <summary>The deadlines of all jobs that have one, the earliest first.</summary>
    public ImmutableSortedSet<Deadline> Deadlines { get; init; } = [];

    /// <summary>Number of jobs per state, indexed by the state's number.</summary>
    public ImmutableArray<int> Counts { get; init; } = [.. new int[JobStates.All.Count]];

    /// <summary>Rules of the API that a client broke, oldest first; the first thousand.</summary>
    public ImmutableList<string> Violations { get; init; } = [];

    /// <summary>Number of jobs ever made.</summary>
    public long LastSequence { get; init; }

    /// <summary>The queue's key with aliases of the default queue resolved.</summary>
    public string Resolve(string? queueKey) =>
        queueKey is null or "" or "_default" or "__default__" or "~" or "-" ? DefaultQueue : queueKey;

    public BuildkiteState Violated(string text) =>
        Violations.Count >= MaxViolations ? this : this with { Violations = Violations.Add(text) };

    /// <summary>Stores the job's next version and keeps the queue's list, the deadlines and the counts in step with it.</summary>
    private BuildkiteState Put(Job next)
    {
        var before = Jobs.GetValueOrDefault(next.Id);
        return this with
        {
            Jobs = Jobs.SetItem(next.Id, next),
            Queues = Listed(before, next),
            Deadlines = Watched(before, next),
            Counts = Counted(before, next),
        };
    }

    private ImmutableDictionary<string, QueueState> Listed(Job? before, Job next)
    {
        var was = before?.State == JobState.Scheduled;
        var isNow = next.State == JobState.Scheduled;
        if (was == isNow)
        {
            return Queues;
        }

        var queue = Queues[next.Template.Queue];
        return Queues.SetItem(
            queue.Key,
            queue with { Scheduled = isNow ? queue.Scheduled.Add(next.Slot) : queue.Scheduled.Remove(next.Slot) });
    }

    private ImmutableSortedSet<Deadline> Watched(Job? before, Job next)
    {
        if (before?.Deadline == next.Deadline)
        {
            return Deadlines;
        }

        var deadlines = before?.Deadline is { } old ? Deadlines.Remove(new Deadline(old, next.Id)) : Deadlines;
        return next.Deadline is { } at ? deadlines.Add(new Deadline(at, next.Id)) : deadlines;
    }

    private ImmutableArray<int> Counted(Job? before, Job next)
    {
        if (before?.State == next.State)
        {
            return Counts;
        }

        var counts = Counts.ToArray();
        counts[(int)next.State]++;
        if (before is not null)
        {
            counts[(int)before.State]--;
        }

        return [.. counts];
    }
}
