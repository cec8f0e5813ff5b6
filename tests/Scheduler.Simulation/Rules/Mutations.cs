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

/// <summary>What the watch does not show is taken for ended.</summary>
internal sealed class ASilentWatchIsBelieved : SafetyRules
{
    public override bool LooksForWhatIsMissed => false;
}

/// <summary>A machine that was paused takes its lease for held and lets grants be used.</summary>
internal class AClaimIsAnsweredWithoutARenewal : SafetyRules
{
    /// <summary>It would refuse what is created then.</summary>
    public override bool HasFence => false;

    public override bool CountsTheNamedHole => false;

    public override bool RenewsBeforeClaims => false;
}

/// <summary>A claimed grant is settled while the API server still lets it be used.</summary>
internal sealed class TheLeaseIsNotToldOfAHigherEpoch : SafetyRules
{
    public override bool RaisesInTheLease => false;
}

/// <summary>Kubernetes is looked at while the store may be frozen, with creates in it.</summary>
internal sealed class ALookDoesNotWaitForARenewal : SafetyRules
{
    public override bool LooksAfterRenewal => false;
}

/// <summary>What a frozen store carries out when it goes on is not waited for.</summary>
internal sealed class NoSecondLook : SafetyRules
{
    public override TimeSpan SecondLookAfter => TimeSpan.Zero;
}

/// <summary>Each grant that has ended is asked about again and again, answered or not.</summary>
internal sealed class ConfirmationsPileUp : SafetyRules
{
    public override bool WaitsForConfirmations => false;
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
/// <remarks>The renewal before each answer to a claim says so too; here there is none.</remarks>
internal sealed class TheWallClockIsNotLookedAt : AClaimIsAnsweredWithoutARenewal
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

/// <summary>Not a rule of ours: the cluster's API server has no policy that refuses creates of epochs that are over.</summary>
internal sealed class NoFence : SafetyRules
{
    public override bool HasFence => false;
}
