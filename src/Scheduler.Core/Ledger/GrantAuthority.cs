using Scheduler.Core.Identity;

namespace Scheduler.Core.Ledger;

/// <summary>The right to make grants: the term of the limiter's lease. Without it the ledger keeps books but grants nothing.</summary>
/// <param name="Epoch">The lease's transition count.</param>
/// <param name="ValidUntil">No grant may outlive this moment.</param>
public sealed record GrantAuthority(Epoch Epoch, Moment ValidUntil)
{
    /// <summary>The same by the wall clock, which goes on while a machine is suspended and the monotonic clock may stand still.</summary>
    public DateTimeOffset ValidUntilUtc { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>
    /// What is left of it by whichever clock leaves less. A wall clock that was set forward ends it early, which is harmless;
    /// one that was set back changes nothing.
    /// </summary>
    public GrantAuthority At(ClockReading now)
    {
        var byWallClock = now.Monotonic + (ValidUntilUtc - now.Utc);
        return byWallClock < ValidUntil ? this with { ValidUntil = byWallClock } : this;
    }
}
