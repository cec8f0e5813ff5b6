using Scheduler.Core.Identity;

namespace Scheduler.Core.Ledger;

/// <summary>A request for a token that could not be served yet. Ordered best first: priority, then age, then id.</summary>
public sealed record Waiter(JobId Job, int Priority, DateTimeOffset ScheduledAt, Moment Deadline) : IComparable<Waiter>
{
    public int CompareTo(Waiter? other)
    {
        if (other is null)
        {
            return -1;
        }

        var byPriority = other.Priority.CompareTo(Priority);
        if (byPriority != 0)
        {
            return byPriority;
        }

        var byAge = ScheduledAt.CompareTo(other.ScheduledAt);
        return byAge != 0 ? byAge : Job.CompareTo(other.Job);
    }

    public static bool operator <(Waiter left, Waiter right) => left.CompareTo(right) < 0;

    public static bool operator <=(Waiter left, Waiter right) => left.CompareTo(right) <= 0;

    public static bool operator >(Waiter left, Waiter right) => left.CompareTo(right) > 0;

    public static bool operator >=(Waiter left, Waiter right) => left.CompareTo(right) >= 0;
}
