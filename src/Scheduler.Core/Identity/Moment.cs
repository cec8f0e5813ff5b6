namespace Scheduler.Core.Identity;

/// <summary>
/// A reading of one process's monotonic clock. Meaningless on another machine or after a restart, so it never crosses nodes:
/// what crosses is a remaining duration.
/// </summary>
public readonly record struct Moment(TimeSpan SinceStart) : IComparable<Moment>
{
    /// <summary>Later than any moment that will ever be read.</summary>
    public static Moment Never => new(TimeSpan.MaxValue);

    public int CompareTo(Moment other) => SinceStart.CompareTo(other.SinceStart);

    public static Moment operator +(Moment moment, TimeSpan span) =>
        span >= TimeSpan.MaxValue - moment.SinceStart ? Never : new Moment(moment.SinceStart + span);

    public static TimeSpan operator -(Moment later, Moment earlier) => later.SinceStart - earlier.SinceStart;

    public static bool operator <(Moment left, Moment right) => left.SinceStart < right.SinceStart;

    public static bool operator <=(Moment left, Moment right) => left.SinceStart <= right.SinceStart;

    public static bool operator >(Moment left, Moment right) => left.SinceStart > right.SinceStart;

    public static bool operator >=(Moment left, Moment right) => left.SinceStart >= right.SinceStart;

    public static Moment Later(Moment one, Moment other) => one >= other ? one : other;

    public static Moment Earlier(Moment one, Moment other) => one <= other ? one : other;
}
