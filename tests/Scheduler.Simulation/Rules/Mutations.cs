using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Ledger;
using Scheduler.Core.Protocol;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Simulation.Rules;

internal sealed class AGrantOutlivesTheLease : SafetyRules
{
    public override TimeSpan Remaining(TimeSpan remaining) => TimeSpan.FromSeconds(10);
}

internal sealed class NoListBeforeTheFirstGrant : SafetyRules
{
    public override bool ListsBeforeGranting => false;
}

internal sealed class AListBegunUnderAnOlderTermCounts : SafetyRules
{
    public override Epoch? ListBegunIn(Epoch? begunIn, Epoch? present) => present;
}

internal sealed class AReturnFreesAnAmbiguousCreate : SafetyRules
{
    public override bool ReturnsWhenInDoubt => true;
}

internal sealed class AReturnByWhoDidNotClaimFreesAGrant : SafetyRules
{
    public override bool ReturnsWithoutClaim => true;
}

internal sealed class NoConfirmationOnExpiry : SafetyRules
{
    public override bool ConfirmsExpiry => false;
}

internal sealed class TheHolderCountsFromArrival : SafetyRules
{
    public override ClockReading CountsFrom(ClockReading sent, ClockReading arrived) => arrived;
}

internal sealed class ACreateWithoutServerTimeout : SafetyRules
{
    public override bool HasServerTimeout => false;
}

/// <summary>A fact about an older Job of the same name settles the grant that is open now.</summary>
internal sealed class AStaleObservationFreesAGrant : SafetyRules
{
    public override Observed Observe(Observed observed, TokenLedger ledger) => observed.State == KubernetesJobState.Unfinished
        ? observed
        : observed with { Grant = ledger.Holders.GetValueOrDefault(observed.Job)?.Grant?.Id ?? observed.Grant };
}

internal sealed class AHandOverWithoutDrain : SafetyRules
{
    public override bool DrainsBeforeHandOver => false;
}

internal sealed class AStaleSnapshotOverrides : SafetyRules
{
    public override Snapshot Apply(Snapshot snapshot) => snapshot with { Revision = new Revision(long.MaxValue) };
}

/// <summary>A grant that was claimed, used or ended is let be claimed again.</summary>
internal sealed class AClaimIsAllowedTwice : SafetyRules
{
    public override LedgerEffect ToClaimer(Claim claim, LedgerEffect effect) =>
        effect is LedgerEffect.Deny ? new LedgerEffect.Grant(claim.Job, claim.Grant, TimeSpan.FromSeconds(10)) : effect;
}

internal sealed class OneTokenTooMany : SafetyRules
{
    public override int Limit(int limit) => limit + 1;
}

/// <summary>A machine that was suspended does not notice that its lease ran out meanwhile.</summary>
internal sealed class TheWallClockIsNotLookedAt : SafetyRules
{
    public override GrantAuthority Term(GrantAuthority term) => term with { ValidUntilUtc = DateTimeOffset.MaxValue };
}

/// <summary>A holder that was suspended does not notice that its grant ended meanwhile.</summary>
internal sealed class TheHolderIgnoresItsWallClock : SafetyRules
{
    public override ClockReading CountsFrom(ClockReading sent, ClockReading arrived) => sent with { Utc = arrived.Utc };
}

/// <summary>A create that waits is sent although its machine was suspended meanwhile.</summary>
internal sealed class AWaitingCreateIgnoresItsWallClock : SafetyRules
{
    public override TimeSpan Waited(ClockReading begun, ClockReading now) => now.Monotonic - begun.Monotonic;
}

/// <summary>A successor takes the lease without waiting until its holder's time is over.</summary>
internal sealed class TheLeaseIsTakenAtOnce : SafetyRules
{
    public override LeaseDecision Acquire(bool exists, LeaseObservation? seen, string identity, TimeSpan duration, Moment now) =>
        LeaseRules.Acquire(exists, seen is null ? null : seen with { Record = seen.Record with { Holder = "" } }, identity, duration, now);
}
