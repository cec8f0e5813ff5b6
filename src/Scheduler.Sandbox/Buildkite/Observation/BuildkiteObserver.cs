using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite.Model;

namespace Scheduler.Sandbox.Buildkite.Observation;

/// <summary>
/// Looks at the server from outside the API, for assertions and displays. Every property reads the state of that instant; take
/// <see cref="Snapshot"/> where several must fit together.
/// </summary>
public sealed class BuildkiteObserver
{
    private readonly BuildkiteStore _store;
    private readonly CallCounts _calls;

    internal BuildkiteObserver(BuildkiteStore store, CallCounts calls)
    {
        _store = store;
        _calls = calls;
    }

    /// <summary>The whole state; it never changes after it was taken.</summary>
    public BuildkiteState Snapshot => _store.Current;

    /// <summary>
    /// Rules of the API that clients broke, oldest first, the first thousand: sizes, rates, second finishes, second agents, paused queues.
    /// </summary>
    public ImmutableList<string> Violations => Snapshot.Violations;

    /// <summary>Jobs ever enqueued.</summary>
    public int Total => Snapshot.Jobs.Count;

    /// <summary>Jobs that have not ended yet.</summary>
    public int Unended => JobStates.All.Where(state => !JobStates.IsTerminal(state)).Sum(Count);

    /// <summary>Jobs that an agent started more than once, or that a second agent came for. A scan of all jobs.</summary>
    public int Duplicates => Snapshot.Jobs.Values.Count(job => job.Facts.Started > 1 || job.Facts.DuplicateAcquires > 0);

    /// <summary>Jobs now in the state.</summary>
    public int Count(JobState state) => Snapshot.Counts[(int)state];

    /// <summary>Null for a job that was never enqueued.</summary>
    public JobTrace? Find(JobId id) => Snapshot.Jobs.TryGetValue(id, out var job) ? JobTrace.Of(job) : null;

    /// <summary>Every job ever enqueued, in no particular order.</summary>
    public IEnumerable<JobTrace> Jobs() => Snapshot.Jobs.Values.Select(JobTrace.Of);

    /// <summary>
    /// How often the call was answered, with this status or with any. Calls whose connection was reset before effect do not count.
    /// </summary>
    public long Calls(BuildkiteEndpoint endpoint, int? status = null) => _calls.Of(endpoint, status);

    /// <summary>The time from enqueuing until the job first reached the state, over all jobs that reached it. A scan of all jobs.</summary>
    /// <param name="state">Usually <see cref="JobState.Running"/>, or <see cref="JobState.Accepted"/> for the acquire by the agent.</param>
    /// <param name="enqueuedSince">Leaves out jobs enqueued before this time.</param>
    public LatencySummary TimeTo(JobState state, DateTimeOffset? enqueuedSince = null) => LatencySummary.Of(
        from job in Snapshot.Jobs.Values
        where enqueuedSince is null || job.Slot.ScheduledAt >= enqueuedSince
        let reached = job.History.FirstEntered(state)
        where reached is not null
        select reached.Value - job.Slot.ScheduledAt);
}
