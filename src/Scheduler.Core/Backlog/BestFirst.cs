namespace Scheduler.Core.Backlog;

/// <summary>The order jobs run in: higher priority, then older, then by id so that the order is total.</summary>
internal sealed class BestFirst : IComparer<BacklogEntry>
{
    public static readonly BestFirst Instance = new();

    public int Compare(BacklogEntry? x, BacklogEntry? y)
    {
        var (one, other) = (x!.Job, y!.Job);
        var byPriority = other.Priority.CompareTo(one.Priority);
        if (byPriority != 0)
        {
            return byPriority;
        }

        var byAge = one.ScheduledAt.CompareTo(other.ScheduledAt);
        return byAge != 0 ? byAge : one.Id.CompareTo(other.Id);
    }
}
