using Scheduler.Core.Jobs;

namespace Scheduler.Core.Backlog;

/// <summary>A waiting job and the last sweep of the list that showed it.</summary>
internal sealed class BacklogEntry(ScheduledJob job, long seenInSweep)
{
    public ScheduledJob Job => job;

    public long SeenInSweep { get; set; } = seenInSweep;
}
