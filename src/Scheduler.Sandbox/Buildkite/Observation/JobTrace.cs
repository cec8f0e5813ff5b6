using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite.Model;

namespace Scheduler.Sandbox.Buildkite.Observation;

/// <summary>What is known of one job at one moment.</summary>
/// <param name="Id">The job.</param>
/// <param name="Queue">Its queue's key, aliases resolved.</param>
/// <param name="Priority">Its priority now.</param>
/// <param name="EnqueuedAt">Its <c>scheduled_at</c>.</param>
/// <param name="History">Every state it has been in, the first one first.</param>
/// <param name="Reservation">Who holds it, while it is reserved.</param>
/// <param name="Facts">Counts of acquires, starts, finishes and reservations; notifications; how it ended.</param>
public sealed record JobTrace(
    JobId Id,
    string Queue,
    int Priority,
    DateTimeOffset EnqueuedAt,
    ImmutableArray<StateChange> History,
    Reservation? Reservation,
    JobFacts Facts)
{
    public JobState State => History[^1].State;

    internal static JobTrace Of(Job job) => new(
        job.Id,
        job.Template.Queue,
        job.Priority,
        job.Slot.ScheduledAt,
        [.. job.History.Oldest()],
        job.Reservation,
        job.Facts);
}
