using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Time;

namespace Scheduler.Kubernetes.Leases;

/// <summary>Both clocks of a process at one moment.</summary>
public readonly record struct ClockReading(Moment Monotonic, DateTimeOffset Utc)
{
    public static ClockReading Take(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new ClockReading(time.GetMoment(), time.GetUtcNow());
    }
}
