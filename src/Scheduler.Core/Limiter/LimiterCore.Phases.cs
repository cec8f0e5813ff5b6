using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Limiter;

/// <summary>The half of the limiter that moves from phase to phase: lease, list, hand-over.</summary>
public sealed partial record LimiterCore
{
    /// <summary>To be called at the start and at every renewal interval.</summary>
    public LimiterStep LeaseDue(ClockReading now)
    {
        var core = At(now);
        return core.IsLeaseCallUnderWay || core.Phase == LimiterPhase.Draining
            ? core.Silent(now)
            : (core with { IsLeaseCallUnderWay = true }).Silent(
                now, core.Term is null ? LimiterCall.AcquireLease.Instance : LimiterCall.RenewLease.Instance);
    }

    /// <summary>The lease call has been answered.</summary>
    /// <param name="term">The term it gave; null = it gave none, and a term that is held runs on until it ends.</param>
    /// <param name="now">Both clocks.</param>
    public LimiterStep LeaseAnswered(GrantAuthority? term, ClockReading now)
    {
        var core = At(now) with { IsLeaseCallUnderWay = false };
        if (term is null || core.Phase == LimiterPhase.Draining)
        {
            return core.Silent(now);
        }

        // An answer that was long on its way, or lay here while the process stood still, may be over already.
        var effective = term.At(now);
        if (effective.ValidUntil <= now.Monotonic)
        {
            return core.Silent(now);
        }

        var held = core with { Term = effective };
        return held.Phase switch
        {
            LimiterPhase.Acquiring => (held with { Phase = LimiterPhase.Recovering }).List(now),
            LimiterPhase.Granting => held.After(held.Ledger.Authorize(effective, now.Monotonic), now),
            _ => held.Silent(now),
        };
    }

    /// <summary>The lease call has failed: whether the lease is held is not known. A term that is held runs on until it ends.</summary>
    public LimiterStep LeaseFailed(ClockReading now) => (At(now) with { IsLeaseCallUnderWay = false }).Silent(now);

    /// <summary>The pause of <see cref="LimiterCall.ListLater"/> is over.</summary>
    public LimiterStep ListDue(ClockReading now) => At(now).List(now);

    /// <summary>A list of Jobs has been read.</summary>
    /// <param name="jobs">What it showed.</param>
    /// <param name="begunIn">The term in which it was begun.</param>
    /// <param name="now">Both clocks.</param>
    public LimiterStep Listed(Snapshot jobs, Epoch? begunIn, ClockReading now)
    {
        var core = At(now) with { IsListUnderWay = false };
        var step = core.Ledger.Apply(jobs, now.Monotonic);
        core = core with { Ledger = step.Ledger };
        switch (core.Phase)
        {
            // A list begun under an earlier term does not count: grants of another limiter may have been used since.
            case LimiterPhase.Recovering when begunIn != core.Term!.Epoch:
                return core.List(now, step.Effects);
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

    public LimiterStep ListFailed(ClockReading now) => (At(now) with { IsListUnderWay = false }).Silent(now, LimiterCall.ListLater.Instance);

    /// <summary>The termination message: grant nothing more, leave when nothing that was granted can be used any more.</summary>
    public LimiterStep HandOver(ClockReading now)
    {
        var core = At(now);
        return (core with { Phase = LimiterPhase.Draining, Ledger = core.Ledger.Drain() }).List(now);
    }

    private LimiterStep List(ClockReading now, ImmutableList<LedgerEffect>? told = null)
    {
        var step = new LedgerStep(Ledger, told ?? []);
        return IsListUnderWay || Phase is not (LimiterPhase.Recovering or LimiterPhase.Draining)
            ? After(step, now)
            : (this with { IsListUnderWay = true }).After(step, now, new LimiterCall.ListJobs(Term?.Epoch));
    }
}
