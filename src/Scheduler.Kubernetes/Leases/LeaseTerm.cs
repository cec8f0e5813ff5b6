using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Leases;

/// <summary>A lease that is held.</summary>
/// <param name="Epoch">How often it was taken. A later term has a higher one; renewals keep it.</param>
/// <param name="ValidUntil">From this moment on others may take it; the holder must have stopped acting on it.</param>
public sealed record LeaseTerm(Epoch Epoch, Moment ValidUntil)
{
    /// <summary>The same by the wall clock, which goes on while a machine is suspended.</summary>
    public DateTimeOffset ValidUntilUtc { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Both clocks say that it has not ended. False can be wrong when a clock was set; true cannot.</summary>
    public bool IsValidAt(ClockReading now) => now.Monotonic < ValidUntil && now.Utc < ValidUntilUtc;
}
