using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;
using Scheduler.Core.Protocol;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Simulation.Rules;

/// <summary>Where the rules that keep the promises take effect. As it is, the real ones hold; each subclass turns one off.</summary>
internal class SafetyRules
{
    public virtual bool ListsBeforeGranting => true;

    public virtual bool ReturnsWhenInDoubt => false;

    /// <summary>Also who has not claimed a grant frees it for certain, and not only if nobody has claimed it.</summary>
    public virtual bool ReturnsWithoutClaim => false;

    public virtual bool ConfirmsExpiry => true;

    public virtual bool HasServerTimeout => true;

    public virtual bool DrainsBeforeHandOver => true;

    /// <summary>What the limiter is given as its limit.</summary>
    public virtual int Limit(int limit) => limit;

    /// <summary>What the limiter is told of its term.</summary>
    public virtual GrantAuthority Term(GrantAuthority term) => term;

    /// <summary>How long the holder is told that its grant lives.</summary>
    public virtual TimeSpan Remaining(TimeSpan remaining) => remaining;

    /// <summary>In which term a list counts as begun.</summary>
    public virtual Epoch? ListBegunIn(Epoch? begunIn, Epoch? present) => begunIn;

    /// <summary>From when the holder counts: when it sent its claim, or when the answer arrived.</summary>
    public virtual ClockReading CountsFrom(ClockReading sent, ClockReading arrived) => sent;

    /// <summary>How long a create has waited before it is sent.</summary>
    public virtual TimeSpan Waited(ClockReading begun, ClockReading now) => now.Since(begun);

    public virtual Observed Observe(Observed observed, TokenLedger ledger) => observed;

    public virtual Snapshot Apply(Snapshot snapshot) => snapshot;

    public virtual LedgerEffect ToClaimer(Claim claim, LedgerEffect effect) => effect;

    public virtual LeaseDecision Acquire(bool exists, LeaseObservation? seen, string identity, TimeSpan duration, Moment now) =>
        LeaseRules.Acquire(exists, seen, identity, duration, now);
}
