using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Limiter;

/// <summary>
/// When the ledger may grant. Phases: acquiring → recovering → granting → draining; a lost lease leads back to acquiring with
/// every waiter and every open grant kept. Guarantees that nothing is granted without the lease, checked in the very turn, nor
/// before a list of Jobs begun under the present term; that no grant may be used before a renewal of the lease, sent after
/// that was asked, has succeeded; and that the lease is let go only when no grant can be used any more.
/// Immutable; one owner, the limiter's actor, which carries out the calls.
/// </summary>
public sealed partial record LimiterCore
{
    private LimiterCore(TokenLedger ledger) => Ledger = ledger;

    public TokenLedger Ledger { get; private init; }

    /// <summary>The lease's term; null while it is not held.</summary>
    public GrantAuthority? Term { get; private init; }

    public LimiterPhase Phase { get; private init; }

    /// <summary>When the lease call that is under way was made; null = none is.</summary>
    private Moment? LeaseCalledAt { get; init; }

    /// <summary>When the list that is under way was begun; null = none is.</summary>
    private Moment? ListBegunAt { get; init; }

    /// <summary>A list that was only asked for to settle much at once waits until then, after one that failed.</summary>
    private Moment ListNotBefore { get; init; }

    private bool IsReleasing { get; init; }

    /// <param name="limit">Most unfinished Jobs at once; 0 = unlimited.</param>
    /// <param name="settings">The ledger's durations.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public static LimiterCore Create(int limit, LedgerSettings settings) => new(TokenLedger.Create(limit, settings));

    public LimiterStep Take(Take take, ClockReading now)
    {
        var core = At(now);
        return core.After(core.Ledger.Take(take, now.Monotonic), now);
    }

    public LimiterStep Return(Return returned, ClockReading now)
    {
        var core = At(now);
        return core.After(core.Ledger.Return(returned, now.Monotonic), now);
    }

    public LimiterStep Observe(Observed observed, ClockReading now)
    {
        var core = At(now);
        return core.After(core.Ledger.Observe(observed, now.Monotonic), now);
    }

    public LimiterStep Apply(Snapshot snapshot, ClockReading now)
    {
        var core = At(now);
        return core.After(core.Ledger.Apply(snapshot, now.Monotonic), now);
    }

    public LimiterStep Confirm(Confirmed confirmed, ClockReading now)
    {
        var core = At(now);
        return core.After(core.Ledger.Confirm(confirmed, now.Monotonic), now);
    }

    /// <summary>The read that <see cref="LedgerEffect.AskForConfirmation"/> asked for has failed.</summary>
    public LimiterStep ConfirmFailed(JobId job, ClockReading now)
    {
        var core = At(now);
        return core.After(new LedgerStep(core.Ledger.Unconfirmed(job, now.Monotonic), []), now);
    }

    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public LimiterStep ChangeLimit(int limit, ClockReading now)
    {
        var core = At(now);
        return core.After(core.Ledger.ChangeLimit(limit, now.Monotonic), now);
    }

    /// <summary>To be called a few times a second: deadlines are noticed by it.</summary>
    public LimiterStep Tick(ClockReading now)
    {
        var core = At(now).GiveUpWaiting(now.Monotonic, out var answers);
        var step = core.Ledger.Tick(now.Monotonic);
        var after = step.Effects.Contains(LedgerEffect.AskForList.Instance)
            ? core.SettleByList(step with { Effects = step.Effects.Remove(LedgerEffect.AskForList.Instance) }, now)
            : core.After(step, now);
        return after with { Answers = answers.AddRange(after.Answers) };
    }

    /// <summary>The limiter as it is at this moment: a term that has ended by either clock is over before anything else happens.</summary>
    private LimiterCore At(ClockReading now)
    {
        if (Term is null)
        {
            return this;
        }

        var term = Term.At(now);
        return term.ValidUntil <= now.Monotonic ? GiveUpTerm()
            : ReferenceEquals(term, Term) ? this
            : this with { Term = term, Ledger = Ledger.Shorten(term.ValidUntil) };
    }

    private LimiterCore GiveUpTerm() => this with
    {
        Term = null,
        Ledger = Ledger.Suspend(),
        Phase = Phase == LimiterPhase.Draining ? Phase : LimiterPhase.Acquiring,
    };

    private LimiterStep After(LedgerStep step, ClockReading now, params ImmutableArray<LimiterCall> calls)
    {
        var core = (this with { Ledger = step.Ledger }).DenyWithoutTerm(out var denied);
        if (core.Phase == LimiterPhase.Draining && !core.IsReleasing && !core.Ledger.HasUsableGrant(now.Monotonic))
        {
            // By the deadlines alone, on the monotonic clock: a wall clock that was set forward ends the term, but no grant.
            core = core with { IsReleasing = true };
            calls = calls.Add(LimiterCall.ReleaseLease.Instance);
        }

        return new LimiterStep(core, step.Effects, calls) { Answers = denied };
    }

    private LimiterStep Silent(ClockReading now, params ImmutableArray<LimiterCall> calls) => After(new LedgerStep(Ledger, []), now, calls);
}
