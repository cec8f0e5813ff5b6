using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Limiter;

/// <summary>The half of the limiter that moves from phase to phase: lease, list, hand-over.</summary>
public sealed partial record LimiterCore
{
    /// <summary>No lease was ever taken so often: what says so was written by hand, and a Lease could not count on from there.</summary>
    private const long HighestPlausible = 1 << 30;

    /// <summary>The highest epoch that a Job carries which Kubernetes has shown; those beyond reason left out.</summary>
    private Epoch HighestSeen { get; init; }

    /// <summary>Since when the lease is held that the present recovery began with.</summary>
    private Moment RecoveringSince { get; init; }

    /// <summary>To be called at the start and at every renewal interval.</summary>
    public LimiterStep LeaseDue(ClockReading now)
    {
        var core = At(now);
        return core.Phase == LimiterPhase.Draining ? core.Silent(now) : core.CallLease(now);
    }

    /// <summary>The lease call has been answered.</summary>
    /// <param name="term">The term it gave; null = the lease is not held, which ends a term that was.</param>
    /// <param name="now">Both clocks.</param>
    public LimiterStep LeaseAnswered(GrantAuthority? term, ClockReading now)
    {
        var core = At(now) with { LeaseCalledAt = null, RenewalNotBefore = now.Monotonic + RenewalPause };
        if (core.IsReleasing)
        {
            return core.Silent(now);
        }

        if (term is null)
        {
            // A successor may have the lease already, whatever the clocks say here: if a machine was paused, they stood still.
            return core.Term is null ? core.Uncovered().Silent(now) : core.LoseTerm(now);
        }

        // An answer that was long on its way, or lay here while the process stood still, may be over already.
        var effective = term.At(now);
        if (effective.ValidUntil <= now.Monotonic)
        {
            return core.Uncovered().Silent(now);
        }

        var held = core with { Term = effective };
        return held.Phase switch
        {
            LimiterPhase.Acquiring => (held with { Phase = LimiterPhase.Recovering, RecoveringSince = now.Monotonic }).Recover(null, now),
            LimiterPhase.Recovering when core.Term is { } former && effective.Epoch != former.Epoch =>
                (held with { RecoveringSince = core.RecoversAgainFrom(former.Epoch, now.Monotonic) }).Recover(null, now),
            LimiterPhase.Recovering => held.Recover(LeaseCalledAt, now),
            LimiterPhase.Draining when core.Term is null => core.Silent(now),
            _ => held.GoOn(effective, LeaseCalledAt, now),
        };
    }

    /// <summary>The lease call has failed: whether the lease is held is not known. A term that is held runs on until it ends.</summary>
    public LimiterStep LeaseFailed(ClockReading now)
    {
        ImmutableArray<LimiterCall> calls = [];
        var core = (At(now) with { LeaseCalledAt = null, RenewalNotBefore = now.Monotonic + PauseAfterFailure })
            .Uncovered().PlanRenewal(now.Monotonic, ref calls);
        return core.Silent(now, calls);
    }

    /// <summary>The pause of <see cref="LimiterCall.ListLater"/> is over.</summary>
    public LimiterStep ListDue(ClockReading now) => At(now).List(now);

    /// <summary>A list of Jobs has been read.</summary>
    /// <param name="jobs">What it showed.</param>
    /// <param name="begunIn">The term in which it was begun.</param>
    /// <param name="now">Both clocks.</param>
    public LimiterStep Listed(Snapshot jobs, Epoch? begunIn, ClockReading now)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var core = At(now) with { ListBegunAt = null };
        var step = core.Ledger.Replace(jobs, ListBegunAt ?? default, now.Monotonic);
        core = core with { Ledger = step.Ledger, HighestSeen = Highest(core.HighestSeen, jobs) };
        switch (core.Phase)
        {
            // A list begun under an earlier term does not count: grants of another limiter may have been used since.
            case LimiterPhase.Recovering when begunIn != core.Term!.Epoch:
                return core.List(now, step.Effects);
            case LimiterPhase.Recovering when core.EpochToExceed(core.Term.Epoch) is not null:
                var raising = core.CallLease(now);
                return raising with { Told = step.Effects.AddRange(raising.Told) };
            case LimiterPhase.Recovering:
                core = core with { Phase = LimiterPhase.Granting };
                var authorized = core.Ledger.Authorize(core.Term, now.Monotonic);
                return core.After(authorized with { Effects = step.Effects.AddRange(authorized.Effects) }, now);
            case LimiterPhase.Draining:
                return core.After(step, now, LimiterCall.ListLater.Instance);
            default:
                return core.After(step, now);
        }
    }

    public LimiterStep ListFailed(ClockReading now)
    {
        var core = At(now) with { ListBegunAt = null, ListNotBefore = now.Monotonic + Ledger.Settings.ConfirmationInterval };
        return core.Phase is LimiterPhase.Recovering or LimiterPhase.Draining ? core.Silent(now, LimiterCall.ListLater.Instance) : core.Silent(now);
    }

    /// <summary>The termination message: grant nothing more, leave when nothing that was granted can be used any more.</summary>
    public LimiterStep HandOver(ClockReading now)
    {
        var core = At(now);
        return (core with { Phase = LimiterPhase.Draining, Ledger = core.Ledger.Drain() }).List(now);
    }

    /// <summary>A renewal has succeeded.</summary>
    /// <param name="term">What it gave.</param>
    /// <param name="sent">When it was sent; null = nobody knows.</param>
    /// <param name="now">Both clocks.</param>
    private LimiterStep GoOn(GrantAuthority term, Moment? sent, ClockReading now)
    {
        var authorized = Ledger.Authorize(term, now.Monotonic);
        var ledger = sent is { } moment ? authorized.Ledger.Prove(moment, term.Epoch, now.Monotonic) : authorized.Ledger;
        ImmutableArray<LimiterCall> calls = [];
        var core = (this with { Ledger = ledger }).AnswerCovered(now.Monotonic, out var answers).PlanRenewal(now.Monotonic, ref calls);
        var step = core.After(authorized with { Ledger = core.Ledger }, now, calls);
        return step with { Answers = answers.AddRange(step.Answers) };
    }

    /// <summary>
    /// The list that recovery is for begins only after the lease, once acquired, has been renewed: see
    /// <see cref="LedgerSettings.SecondLookAfter"/>.
    /// </summary>
    /// <param name="renewed">When the renewal was sent that has just succeeded; null = there was none.</param>
    /// <param name="now">Both clocks.</param>
    private LimiterStep Recover(Moment? renewed, ClockReading now)
    {
        var from = RecoveringSince + Ledger.Settings.SecondLookAfter;
        if (renewed >= from && EpochToExceed(Term!.Epoch) is null)
        {
            return List(now);
        }

        ImmutableArray<LimiterCall> calls = [];
        var core = (this with { RenewalNotBefore = Moment.Later(from, RenewalNotBefore) }).PlanRenewal(now.Monotonic, ref calls);
        return core.Silent(now, calls);
    }

    /// <summary>Another has the lease, or may have it. It is asked for again at once.</summary>
    private LimiterStep LoseTerm(ClockReading now)
    {
        var lost = GiveUpTerm().Silent(now);
        var asking = lost.Core.CallLease(now);
        return asking with { Answers = lost.Answers.AddRange(asking.Answers), Calls = lost.Calls.AddRange(asking.Calls) };
    }

    /// <summary>
    /// What the lease's epoch is to be raised above, so that the API server refuses what must not come any more: the epoch of a
    /// claimed grant that has ended; or that of a Job, when the Lease has lost its count. Null = it is high enough.
    /// </summary>
    private Epoch? EpochToExceed(Epoch present)
    {
        var highest = HighestSeen.Value > present.Value ? HighestSeen : present;
        return HasLostCount(present) || Ledger.NeedsEpochAbove(present) ? highest : null;
    }

    /// <summary>Jobs carry an epoch that the Lease has not come to: it was deleted, restored or edited.</summary>
    private bool HasLostCount(Epoch present) => HighestSeen.Value > present.Value
        || (HighestSeen == present && Phase == LimiterPhase.Recovering && Ledger.NumberedIn != present);

    /// <summary>After the epoch was raised. Whoever held a Lease that has lost its count may not know yet that it holds it no more.</summary>
    private Moment RecoversAgainFrom(Epoch former, Moment now) => HasLostCount(former) ? now + Ledger.Settings.GrantLifetime : now;

    private LimiterStep SettleByList(LedgerStep step, ClockReading now) =>
        ListBegunAt is not null || ListNotBefore > now.Monotonic || Phase is LimiterPhase.Recovering or LimiterPhase.Draining
            ? After(step, now)
            : (this with { ListBegunAt = now.Monotonic }).After(step, now, new LimiterCall.ListJobs(Term?.Epoch));

    private LimiterStep List(ClockReading now, ImmutableList<LedgerEffect>? told = null)
    {
        var step = new LedgerStep(Ledger, told ?? []);
        return ListBegunAt is not null || Phase is not (LimiterPhase.Recovering or LimiterPhase.Draining)
            ? After(step, now)
            : (this with { ListBegunAt = now.Monotonic }).After(step, now, new LimiterCall.ListJobs(Term?.Epoch));
    }

    private static Epoch Highest(Epoch known, Snapshot jobs)
    {
        foreach (var job in jobs.Unfinished)
        {
            known = job.Grant is { Epoch: var epoch } && epoch.Value > known.Value && epoch.Value < HighestPlausible ? epoch : known;
        }

        return known;
    }
}
