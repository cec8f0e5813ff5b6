namespace Scheduler.Core.Identity;

/// <summary>
/// Both clocks of a process at one moment. The monotonic one is never set but may stand still while a machine is suspended;
/// the wall clock goes on but may be set. What must have ended counts as ended as soon as one of them says so.
/// </summary>
public readonly record struct ClockReading(Moment Monotonic, DateTimeOffset Utc)
{
    public static ClockReading Take(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new ClockReading(new Moment(time.GetElapsedTime(0, time.GetTimestamp())), time.GetUtcNow());
    }

    /// <summary>How much time has passed since an earlier reading: what the clock that ran further says. Never negative.</summary>
    public TimeSpan Since(ClockReading earlier)
    {
        var (monotonic, wall) = (Monotonic - earlier.Monotonic, Utc - earlier.Utc);
        return monotonic > wall ? monotonic : wall;
    }
}
