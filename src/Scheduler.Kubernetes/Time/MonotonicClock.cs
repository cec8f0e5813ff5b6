using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Time;

/// <summary>Reads a <see cref="TimeProvider"/>'s monotonic timestamp as a <see cref="Moment"/>.</summary>
public static class MonotonicClock
{
    public static Moment GetMoment(this TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new Moment(time.GetElapsedTime(0, time.GetTimestamp()));
    }
}
