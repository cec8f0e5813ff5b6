using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Leases;

/// <summary>
/// The rules by which never two hold a lease at once. Every write replaces exactly the version that was read; a holder's term
/// counts from before its write was sent, an observer's wait from after it saw the write, so the term is over when the wait is.
/// </summary>
public static class LeaseRules
{
    /// <summary>Whether a lease that is not held may be taken now.</summary>
    /// <param name="exists">Whether the last look found a Lease object.</param>
    /// <param name="seen">The last version ever seen; null when none was.</param>
    /// <param name="identity">Who asks.</param>
    /// <param name="duration">How long a lease is good here.</param>
    /// <param name="now">The asker's clock, after the look.</param>
    public static LeaseDecision Acquire(bool exists, LeaseObservation? seen, string identity, TimeSpan duration, Moment now)
    {
        if (seen is null)
        {
            return new LeaseDecision.Create(Transitions: 1);
        }

        // An object that somebody deleted may still be relied upon by its holder.
        if (seen.Record.Holder != identity && seen.FreeFrom(duration) is var free && free > now)
        {
            return new LeaseDecision.Wait(free);
        }

        // Raised even when the record names the asker: a term that ended is never continued under the same number.
        var transitions = seen.MostTransitions + 1;
        return exists ? new LeaseDecision.Take(seen.Record.Version, transitions) : new LeaseDecision.Create(transitions);
    }

    /// <summary>
    /// Whether a held lease whose version is not the expected one is still held: then an earlier write of the holder's own
    /// succeeded and only its answer was lost. Not if its version went back: the store was restored, and who else held the lease
    /// since is forgotten.
    /// </summary>
    public static bool IsStillOurs(LeaseRecord held, LeaseRecord? current) =>
        current is not null && current.Holder == held.Holder && current.Transitions >= held.Transitions
        && Revision.Parse(current.Version) >= Revision.Parse(held.Version);

    /// <summary>The transitions that a holder writes to prolong its term, under a higher epoch if it must be one.</summary>
    public static long Raised(long transitions, Epoch? above) => above is { } epoch ? Math.Max(transitions, epoch.Value) + 1 : transitions;

    /// <summary>The term that a successful write gives.</summary>
    /// <param name="transitions">What was written.</param>
    /// <param name="sent">Both clocks before the write was sent.</param>
    /// <param name="answered">Both clocks after the answer came.</param>
    /// <param name="usable">The lease's duration less a margin for clocks that run at different speeds.</param>
    public static LeaseTerm Term(long transitions, ClockReading sent, ClockReading answered, TimeSpan usable)
    {
        // The monotonic clock stands still while a machine is suspended; then the wall clock tells how much is left.
        var byWallClock = answered.Monotonic + (usable - (answered.Utc - sent.Utc));
        return new LeaseTerm(new Epoch(transitions), Moment.Earlier(sent.Monotonic + usable, byWallClock)) { ValidUntilUtc = sent.Utc + usable };
    }
}
