using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Limiter;

/// <summary>
/// The part of the limiter that lets grants be used. A claim waits for a renewal of the lease that was sent after it came: a
/// machine whose clocks both stood still takes its lease for held while a successor has it, and only the lease itself knows.
/// All claims that came meanwhile share one renewal.
/// </summary>
public sealed partial record LimiterCore
{
    /// <summary>Between the answer to one renewal and the next that claims are waiting for.</summary>
    private static readonly TimeSpan RenewalPause = TimeSpan.FromMilliseconds(20);

    /// <summary>The same after one that failed.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(250);

    private ImmutableList<WaitingClaim> Claims { get; init; } = [];

    private bool IsRenewalPlanned { get; init; }

    private Moment RenewalNotBefore { get; init; }

    /// <param name="claim">The claim.</param>
    /// <param name="ticket">Given back with the answer, which may come with a later step.</param>
    /// <param name="now">Both clocks.</param>
    public LimiterStep Claim(Claim claim, long ticket, ClockReading now)
    {
        var core = At(now);
        if (!core.Ledger.CanClaim(claim, now.Monotonic))
        {
            var denied = core.Silent(now);
            return denied with { Answers = denied.Answers.Add(Denial(claim, ticket)) };
        }

        var waiting = core with
        {
            Claims = core.Claims.Add(new WaitingClaim(claim, ticket, now.Monotonic + ClaimPatience, IsCovered: false)),
        };
        if (waiting.RenewalNotBefore <= now.Monotonic && !waiting.IsRenewalPlanned)
        {
            return waiting.CallLease(now);
        }

        ImmutableArray<LimiterCall> calls = [];
        return waiting.PlanRenewal(now.Monotonic, ref calls).Silent(now, calls);
    }

    /// <summary>The pause of <see cref="LimiterCall.RenewLater"/> is over.</summary>
    public LimiterStep RenewalDue(ClockReading now)
    {
        var core = At(now) with { IsRenewalPlanned = false };
        return core.IsRenewalWaitedFor ? core.CallLease(now) : core.Silent(now);
    }

    /// <summary>Somebody waits for a renewal; the next regular one would be late.</summary>
    private bool IsRenewalWaitedFor => Term is not null && (!Claims.IsEmpty || Phase == LimiterPhase.Recovering);

    /// <summary>Makes the lease call that is next, unless one is under way.</summary>
    private LimiterStep CallLease(ClockReading now)
    {
        if (LeaseCalledAt is not null || IsReleasing || (Term is null && Phase == LimiterPhase.Draining))
        {
            return Silent(now);
        }

        var covered = this with
        {
            LeaseCalledAt = now.Monotonic,
            Claims = Claims.ConvertAll(waiting => waiting with { IsCovered = true }),
        };
        return covered.Silent(now, Term is null ? LimiterCall.AcquireLease.Instance : new LimiterCall.RenewLease(EpochToExceed(Term.Epoch)));
    }

    private LimiterCore PlanRenewal(Moment now, ref ImmutableArray<LimiterCall> calls)
    {
        if (IsRenewalPlanned || LeaseCalledAt is not null || !IsRenewalWaitedFor)
        {
            return this;
        }

        calls = calls.Add(new LimiterCall.RenewLater(RenewalNotBefore > now ? RenewalNotBefore - now : TimeSpan.Zero));
        return this with { IsRenewalPlanned = true };
    }

    /// <summary>Answers those that came before the renewal was sent that has succeeded now.</summary>
    private LimiterCore AnswerCovered(Moment now, out ImmutableArray<ClaimAnswer> answers)
    {
        var (ledger, all) = (Ledger, ImmutableArray.CreateBuilder<ClaimAnswer>());
        foreach (var waiting in Claims.Where(waiting => waiting.IsCovered))
        {
            var step = ledger.Claim(waiting.Claim, now);
            ledger = step.Ledger;
            all.AddRange(step.Effects.Select(effect => new ClaimAnswer(waiting.Ticket, effect)));
        }

        answers = all.ToImmutable();
        return this with { Ledger = ledger, Claims = Claims.RemoveAll(waiting => waiting.IsCovered) };
    }

    private LimiterCore Uncovered() =>
        Claims.IsEmpty ? this : this with { Claims = Claims.ConvertAll(waiting => waiting with { IsCovered = false }) };

    /// <summary>
    /// Whose sender does not listen any more is denied, and its grant ends: nobody has created with it, and so nobody needs to
    /// look.
    /// </summary>
    private LimiterCore GiveUpWaiting(Moment now, out ImmutableArray<ClaimAnswer> answers)
    {
        var over = Claims.Where(waiting => waiting.Until <= now).ToImmutableArray();
        answers = [.. over.Select(waiting => Denial(waiting.Claim, waiting.Ticket))];
        if (over.IsEmpty)
        {
            return this;
        }

        var ledger = over.Aggregate(Ledger, (books, waiting) => books.End(waiting.Claim.Job, waiting.Claim.Grant));
        return this with { Ledger = ledger, Claims = Claims.RemoveAll(waiting => waiting.Until <= now) };
    }

    private LimiterCore DenyWithoutTerm(out ImmutableArray<ClaimAnswer> answers)
    {
        if (Term is not null || Claims.IsEmpty)
        {
            answers = [];
            return this;
        }

        answers = [.. Claims.Select(waiting => Denial(waiting.Claim, waiting.Ticket))];
        return this with { Claims = [] };
    }

    private TimeSpan ClaimPatience => Ledger.Settings.ClaimPatience;

    private static ClaimAnswer Denial(Claim claim, long ticket) => new(ticket, new LedgerEffect.Deny(claim.Job, DenialReason.GrantGone));
}
