using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Core.Backlog;

/// <summary>A waiting job, when the list first showed it, and the last sweep that did.</summary>
internal sealed class BacklogEntry(ScheduledJob job, long seenInSweep, Moment listedAt)
{
    public ScheduledJob Job => job;

    public Moment ListedAt => listedAt;

    public long SeenInSweep { get; set; } = seenInSweep;
}
