using Scheduler.Core.Identity;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>When the server acts on a job by itself: a reservation runs out, an agent counts as lost, a cancellation is forced.</summary>
public readonly record struct Deadline(DateTimeOffset At, JobId Id) : IComparable<Deadline>
{
    public int CompareTo(Deadline other)
    {
        var byTime = At.CompareTo(other.At);
        return byTime != 0 ? byTime : Id.CompareTo(other.Id);
    }

    public static bool operator <(Deadline left, Deadline right) => left.CompareTo(right) < 0;

    public static bool operator <=(Deadline left, Deadline right) => left.CompareTo(right) <= 0;

    public static bool operator >(Deadline left, Deadline right) => left.CompareTo(right) > 0;

    public static bool operator >=(Deadline left, Deadline right) => left.CompareTo(right) >= 0;
}
