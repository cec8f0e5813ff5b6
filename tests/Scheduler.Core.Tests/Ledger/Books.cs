using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Ledger;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Tests.Ledger;

/// <summary>The ledger as the world of the property tests sees it. Each subclass breaks one rule on purpose.</summary>
internal class Books(int limit)
{
    public TokenLedger Ledger { get; private set; } = TokenLedger.Create(limit, new LedgerSettings());

    public virtual ImmutableList<LedgerEffect> Authorize(GrantAuthority authority, Moment now) => Keep(Ledger.Authorize(authority, now));

    public ImmutableList<LedgerEffect> Take(Take take, Moment now) => Keep(Ledger.Take(take, now));

    public virtual ImmutableList<LedgerEffect> Claim(Claim claim, Moment now) => Keep(Ledger.Claim(claim, now));

    public virtual ImmutableList<LedgerEffect> Return(Return returned, Moment now) => Keep(Ledger.Return(returned, now));

    public virtual ImmutableList<LedgerEffect> Observe(Observed observed, Moment now) => Keep(Ledger.Observe(observed, now));

    public virtual ImmutableList<LedgerEffect> Apply(Snapshot snapshot, Moment now) => Keep(Ledger.Apply(snapshot, now));

    public ImmutableList<LedgerEffect> Confirm(Confirmed confirmed, Moment now) => Keep(Ledger.Confirm(confirmed, now));

    /// <summary>A list is answered.</summary>
    public ImmutableList<LedgerEffect> Replace(Snapshot list, Moment begun, Moment now) => Keep(Ledger.Replace(list, begun, now));

    /// <summary>Time passes, and the lease is renewed under a higher epoch just now.</summary>
    public virtual ImmutableList<LedgerEffect> Tick(Moment now)
    {
        var expired = Keep(Ledger.Tick(now));
        Ledger = Ledger.Prove(now, new Epoch(long.MaxValue), new Moment(now.SinceStart - Ledger.Settings.SecondLookAfter));
        return expired.AddRange(Keep(Ledger.Tick(now)));
    }

    /// <summary>A read was not answered.</summary>
    public void Lose(JobId read, Moment now) => Ledger = Ledger.Unconfirmed(read, now);

    private protected ImmutableList<LedgerEffect> Keep(LedgerStep step)
    {
        Ledger = step.Ledger;
        return step.Effects;
    }

    private protected GrantId? OpenGrantOf(JobId job) => Ledger.Holders.GetValueOrDefault(job)?.Grant?.Id;
}

internal sealed class BooksWithOneTokenTooMany(int limit) : Books(limit + 1);

/// <summary>Frees a token at the grant's deadline without asking Kubernetes.</summary>
internal sealed class BooksWithoutConfirmation(int limit) : Books(limit)
{
    public override ImmutableList<LedgerEffect> Tick(Moment now)
    {
        var effects = base.Tick(now);
        foreach (var ask in effects.OfType<LedgerEffect.AskForConfirmation>())
        {
            effects = effects.AddRange(Confirm(new Confirmed(ask.Job, KubernetesJobState.Absent, Revision.None, null), now));
        }

        return effects;
    }
}

/// <summary>Takes a Return for whatever grant is on record.</summary>
internal sealed class BooksThatTakeAnyReturn(int limit) : Books(limit)
{
    public override ImmutableList<LedgerEffect> Return(Return returned, Moment now) =>
        base.Return(returned with { Grant = OpenGrantOf(returned.Job) ?? returned.Grant }, now);
}

/// <summary>Lets an old Job's end free a grant that has not been used yet.</summary>
internal sealed class BooksThatFreeGrantsOnStaleFacts(int limit) : Books(limit)
{
    public override ImmutableList<LedgerEffect> Observe(Observed observed, Moment now) =>
        base.Observe(observed.State == KubernetesJobState.Unfinished ? observed : observed with { Grant = OpenGrantOf(observed.Job) }, now);
}

/// <summary>Believes that what a snapshot does not show has ended.</summary>
internal sealed class BooksThatTrustSnapshots(int limit) : Books(limit)
{
    public override ImmutableList<LedgerEffect> Apply(Snapshot snapshot, Moment now) =>
        Keep(Ledger.Replace(snapshot, Moment.Never, now));
}

/// <summary>Hands out a grant although the job already ran with it.</summary>
internal sealed class BooksWithEndlessGrants(int limit) : Books(limit)
{
    public override ImmutableList<LedgerEffect> Claim(Claim claim, Moment now)
    {
        var effects = base.Claim(claim, now);
        return effects is [LedgerEffect.Deny] ? [new LedgerEffect.Grant(claim.Job, claim.Grant, TimeSpan.FromSeconds(10))] : effects;
    }
}

/// <summary>Does not learn that Jobs end.</summary>
internal sealed class BooksThatMissTheEnd(int limit) : Books(limit)
{
    public override ImmutableList<LedgerEffect> Observe(Observed observed, Moment now) =>
        observed.State == KubernetesJobState.Unfinished ? base.Observe(observed, now) : [];

    public override ImmutableList<LedgerEffect> Apply(Snapshot snapshot, Moment now) => [];
}

/// <summary>Lets grants stand for ever.</summary>
internal sealed class BooksWithoutDeadlines(int limit) : Books(limit)
{
    public override ImmutableList<LedgerEffect> Tick(Moment now) => [];
}
