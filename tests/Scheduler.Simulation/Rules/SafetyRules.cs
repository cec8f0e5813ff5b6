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

    /// <summary>The API server refuses creates of an epoch that is over. Not a rule of ours, but one that may be installed.</summary>
    public virtual bool HasFence => true;

    /// <summary>What comes of a creator that stood still, where there is no such rule, counts as a broken promise.</summary>
    public virtual bool CountsTheNamedHole => true;

    /// <summary>A claim is answered only after the lease was renewed.</summary>
    public virtual bool RenewsBeforeClaims => true;

    /// <summary>A higher epoch is written to the Lease and not only believed.</summary>
    public virtual bool RaisesInTheLease => true;

    /// <summary>What is looked at after a deadline waits for a renewal of the lease.</summary>
    public virtual bool LooksAfterRenewal => true;

    /// <summary>A second confirmation waits until the first has been answered.</summary>
    public virtual bool WaitsForConfirmations => true;

    /// <summary>A Job that the watch misses is looked for by a list and not taken for ended.</summary>
    public virtual bool LooksForWhatIsMissed => true;

    public virtual TimeSpan SecondLookAfter => new LedgerSettings().SecondLookAfter;

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

    public virtual LedgerEffect ToClaimer(Claim claim, LedgerEffect effect) => effect;

    public virtual LeaseDecision Acquire(bool exists, LeaseObservation? seen, string identity, TimeSpan duration, Moment now) =>
        LeaseRules.Acquire(exists, seen, identity, duration, now);
}
