using Scheduler.Core.Identity;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>
/// A job's fixed place in its queue's list: by time, then by order of arrival. It never changes, so a job whose reservation ran
/// out reappears where it was, and a cursor stays valid when the job it names is gone.
/// </summary>
public readonly record struct Slot(DateTimeOffset ScheduledAt, long Sequence, JobId Id) : IComparable<Slot>
{
    public int CompareTo(Slot other)
    {
        var byTime = ScheduledAt.CompareTo(other.ScheduledAt);
        return byTime != 0 ? byTime : Sequence.CompareTo(other.Sequence);
    }

    public static bool operator <(Slot left, Slot right) => left.CompareTo(right) < 0;

    public static bool operator <=(Slot left, Slot right) => left.CompareTo(right) <= 0;

    public static bool operator >(Slot left, Slot right) => left.CompareTo(right) > 0;

    public static bool operator >=(Slot left, Slot right) => left.CompareTo(right) >= 0;
}
