using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Ledger;

/// <summary>The half of the ledger that learns from Kubernetes and from the passing of time.</summary>
public sealed partial record TokenLedger
{
    /// <summary>
    /// A fact from the watch. Unfinished adopts the job, beyond the limit if need be; Finished and Absent free what was seen
    /// running no later. A grant is settled only by a Job that carries it.
    /// </summary>
    public LedgerStep Observe(Observed observed, Moment now)
    {
        ArgumentNullException.ThrowIfNull(observed);
        return Learn(observed.Job, observed.State, observed.Revision, observed.Grant, now).Serve(now);
    }

    /// <summary>
    /// Everything unfinished that the watch knows, as of one revision. It frees nothing: what it lacks is asked about, and open
    /// grants stay, their Jobs may have been created since.
    /// </summary>
    public LedgerStep Apply(Snapshot snapshot, Moment now)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var ledger = this;
        var shown = new HashSet<JobId>(snapshot.Unfinished.Length);
        foreach (var job in snapshot.Unfinished)
        {
            shown.Add(job.Job);
            ledger = ledger.Learn(job.Job, KubernetesJobState.Unfinished, job.Revision, job.Grant, now);
        }

        foreach (var holder in ledger.Holders.Values)
        {
            if (holder.Running is { IsMissed: false } running && !shown.Contains(holder.Job)
                && (running.Revision <= snapshot.Revision || now - running.SeenAt >= Settings.LongestUnseen))
            {
                ledger = ledger.With(holder with { Running = running with { IsMissed = true } });
            }
        }

        return ledger.Serve(now);
    }

    /// <summary>
    /// A consistent list of everything unfinished. It replaces what was heard before it began, whatever the revisions say, and
    /// settles the grants that could be settled by then.
    /// </summary>
    /// <param name="list">What it showed.</param>
    /// <param name="begun">Before it was begun.</param>
    /// <param name="now">After it was answered.</param>
    public LedgerStep Replace(Snapshot list, Moment begun, Moment now)
    {
        ArgumentNullException.ThrowIfNull(list);
        var ledger = this;
        var shown = new HashSet<JobId>(list.Unfinished.Length);
        foreach (var job in list.Unfinished)
        {
            shown.Add(job.Job);
            ledger = ledger.Find(job, begun, now).Settle(job.Job, job.Grant, begun);
        }

        foreach (var job in Holders.Keys.Where(job => !shown.Contains(job)))
        {
            ledger = ledger.Miss(job, begun).Settle(job, createdWith: null, begun);
        }

        return ledger.Serve(now);
    }

    /// <summary>The read that <see cref="LedgerEffect.AskForConfirmation"/> asked for. Ignored when none is under way.</summary>
    /// <remarks>
    /// It read one Job, by the name that every create with the grant uses, so it settles the grant. It frees nothing that was seen
    /// running: under another prefix there may be a second Job of the same UUID, and only a list or the watch shows all that count.
    /// </remarks>
    public LedgerStep Confirm(Confirmed confirmed, Moment now)
    {
        ArgumentNullException.ThrowIfNull(confirmed);
        if (!Reads.TryGetValue(confirmed.Job, out var begun))
        {
            return None();
        }

        var read = this with { Reads = Reads.Remove(confirmed.Job) };
        var learnt = confirmed.State == KubernetesJobState.Unfinished
            ? read.Learn(confirmed.Job, confirmed.State, confirmed.Revision, confirmed.CreatedWith, now)
            : read;
        return learnt.Settle(confirmed.Job, confirmed.CreatedWith, begun).Serve(now);
    }

    /// <summary>That read has failed; it is asked for again after a pause.</summary>
    public TokenLedger Unconfirmed(JobId job, Moment now)
    {
        var (ledger, then) = (this with { Reads = Reads.Remove(job) }, now + Settings.ConfirmationInterval);
        return Holders.TryGetValue(job, out var holder) && holder.Grant is { } grant && grant.SettledBy < then
            ? ledger.With(holder with { Grant = grant with { SettledBy = then } })
            : ledger;
    }

    /// <summary>
    /// The lease has been renewed under this epoch. That shows that the store carries out writes again that came after the
    /// deadlines before <paramref name="sent"/>. For a claimed grant it is not enough: its holder's machine may stand still with
    /// both clocks and create when it goes on, unless the API server refuses the grant's epoch by then.
    /// </summary>
    /// <param name="sent">Before the renewal was sent.</param>
    /// <param name="epoch">The epoch that the lease says since.</param>
    /// <param name="now">After it was answered.</param>
    public TokenLedger Prove(Moment sent, Epoch epoch, Moment now)
    {
        var ledger = this;
        if (OpenGrants > 0)
        {
            foreach (var holder in Holders.Values)
            {
                if (holder.Grant is { IsUnconfirmed: true } grant && grant.SettledBy == Moment.Never && grant.Deadline <= sent
                    && (!grant.IsClaimed || grant.Id.Epoch.Value < epoch.Value))
                {
                    ledger = ledger.With(holder with { Grant = grant with { SettledBy = now + Settings.SecondLookAfter } });
                }
            }
        }

        return ledger;
    }

    /// <summary>Whether a claimed grant has ended that can be settled only under a higher epoch than this.</summary>
    public bool NeedsEpochAbove(Epoch epoch) => OpenGrants > 0 && Holders.Values.Any(holder =>
        holder.Grant is { IsUnconfirmed: true, IsClaimed: true } grant && grant.SettledBy == Moment.Never && grant.Id.Epoch.Value >= epoch.Value);

    /// <summary>
    /// Time passes: waiters out of patience are forgotten, grants past their deadline become unconfirmed, what can be settled is
    /// asked about: each thing once at a time, and much at once by a list. Tokens stay taken until Kubernetes has been looked
    /// at: a Job may exist although nobody said so.
    /// </summary>
    public LedgerStep Tick(Moment now)
    {
        var ledger = this;
        var effects = ImmutableList.CreateBuilder<LedgerEffect>();
        foreach (var waiter in Waiters)
        {
            if (waiter.Deadline <= now)
            {
                ledger = ledger.Unqueue(waiter);
                effects.Add(new LedgerEffect.Forget(waiter.Job));
            }
        }

        var (ended, isAnyMissed) = (new List<Holder>(), false);
        foreach (var holder in Holders.Values)
        {
            if (holder.Grant is { IsUnconfirmed: false } grant && grant.Deadline <= now)
            {
                ledger = ledger.With(holder with { Grant = grant with { IsUnconfirmed = true } });
            }

            isAnyMissed |= holder.Running is { IsMissed: true };
            if (holder.Grant?.SettledBy <= now && !Reads.ContainsKey(holder.Job))
            {
                ended.Add(holder);
            }
        }

        var areMany = Reads.Count + ended.Count > Settings.MostReads;
        if (isAnyMissed || areMany)
        {
            effects.Add(LedgerEffect.AskForList.Instance);
        }

        foreach (var holder in areMany ? [] : ended)
        {
            ledger = ledger with { Reads = ledger.Reads.SetItem(holder.Job, now) };
            effects.Add(new LedgerEffect.AskForConfirmation(holder.Job, holder.Grant!.Id));
        }

        var served = ledger.Serve(now);
        return served with { Effects = effects.ToImmutable().AddRange(served.Effects) };
    }

    private TokenLedger Learn(JobId job, KubernetesJobState state, Revision revision, GrantId? createdWith, Moment now)
    {
        var holder = Holders.GetValueOrDefault(job) ?? new Holder(job, null, null);
        var running = holder.Running;
        if (state == KubernetesJobState.Unfinished)
        {
            running = running is null || running.Revision <= revision ? new RunningJob(revision, now) : running;
        }
        else if (running is not null && running.Revision <= revision)
        {
            running = null;
        }

        return With(holder with { Grant = holder.Grant?.IsNamed(createdWith) == true ? null : holder.Grant, Running = running });
    }

    /// <summary>
    /// A list that began at a known moment shows it: more than all that was heard before that. Of several Jobs of one job the latest
    /// revision counts.
    /// </summary>
    private TokenLedger Find(UnfinishedJob job, Moment begun, Moment now)
    {
        var holder = Holders.GetValueOrDefault(job.Job) ?? new Holder(job.Job, null, null);
        var running = holder.Running is not { } known || known.SeenAt < begun ? new RunningJob(job.Revision, now)
            : known.Revision < job.Revision ? known with { Revision = job.Revision }
            : known;
        return With(holder with { Running = running });
    }

    /// <summary>That list does not show it.</summary>
    private TokenLedger Miss(JobId job, Moment begun) =>
        Holders.TryGetValue(job, out var holder) && holder.Running is { } running && running.SeenAt < begun
            ? With(holder with { Running = null })
            : this;

    /// <summary>After a look that began at a known moment: the job's grant has been used or never will be.</summary>
    private TokenLedger Settle(JobId job, GrantId? createdWith, Moment begun) =>
        Holders.TryGetValue(job, out var holder) && holder.Grant is { } grant && (grant.SettledBy <= begun || grant.IsNamed(createdWith))
            ? With(holder with { Grant = null })
            : this;
}
