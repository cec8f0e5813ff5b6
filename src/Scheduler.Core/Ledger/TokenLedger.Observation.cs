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
        return Learn(observed.Job, observed.State, observed.Revision, observed.Grant).Serve(now);
    }

    /// <summary>
    /// Everything unfinished as of one revision: what it lacks and is not newer has ended. Open grants stay, their Jobs may
    /// have been created after the list was read.
    /// </summary>
    public LedgerStep Apply(Snapshot snapshot, Moment now)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var ledger = this;
        var shown = new HashSet<JobId>(snapshot.Unfinished.Length);
        foreach (var job in snapshot.Unfinished)
        {
            shown.Add(job.Job);
            ledger = ledger.Learn(job.Job, KubernetesJobState.Unfinished, job.Revision, job.Grant);
        }

        foreach (var holder in Holders.Values)
        {
            if (holder.Running is { } running && running.Revision <= snapshot.Revision && !shown.Contains(holder.Job))
            {
                ledger = ledger.With(ledger.Holders[holder.Job] with { Running = null });
            }
        }

        return ledger.Serve(now);
    }

    /// <summary>
    /// A read that began after the grant's deadline: whatever the grant was used for is visible in it, so the grant is
    /// settled. Ignored for any other grant than the one being confirmed. It frees nothing that was seen running: it read one Job by
    /// its name, and the watch knows all that count for the job.
    /// </summary>
    public LedgerStep Confirm(Confirmed confirmed, Moment now)
    {
        ArgumentNullException.ThrowIfNull(confirmed);
        if (!Holders.TryGetValue(confirmed.Job, out var holder) || holder.Grant is not { IsUnconfirmed: true } open
            || open.Id != confirmed.Grant)
        {
            return None();
        }

        var learnt = confirmed.State == KubernetesJobState.Unfinished
            ? Learn(confirmed.Job, confirmed.State, confirmed.Revision, confirmed.CreatedWith)
            : this;
        return learnt
            .Settle(confirmed.Job, confirmed.Grant)
            .Serve(now);
    }

    /// <summary>
    /// Time passes: waiters out of patience are forgotten, grants past their deadline become unconfirmed. Their tokens stay
    /// taken until <see cref="Confirm"/>: the Job may exist although nobody said so.
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

        if (OpenGrants > 0)
        {
            foreach (var holder in Holders.Values)
            {
                if (holder.Grant is { } grant && (grant.IsUnconfirmed ? grant.AskAgainAt : grant.Deadline) <= now)
                {
                    ledger = ledger.With(holder with { Grant = grant with { AskAgainAt = now + Settings.ConfirmationInterval } });
                    effects.Add(new LedgerEffect.AskForConfirmation(holder.Job, grant.Id));
                }
            }
        }

        var served = ledger.Serve(now);
        return served with { Effects = effects.ToImmutable().AddRange(served.Effects) };
    }

    private TokenLedger Learn(JobId job, KubernetesJobState state, Revision revision, GrantId? createdWith)
    {
        var holder = Holders.GetValueOrDefault(job) ?? new Holder(job, null, null);
        var running = holder.Running;
        if (state == KubernetesJobState.Unfinished)
        {
            running = running is null || running.Revision < revision ? new RunningJob(revision) : running;
        }
        else if (running is not null && running.Revision <= revision)
        {
            running = null;
        }

        var grant = holder.Grant?.Id == createdWith ? null : holder.Grant;
        var learnt = holder with { Grant = grant, Running = running };
        return learnt.IsEmpty && !Holders.ContainsKey(job) ? this : With(learnt);
    }

    private TokenLedger Settle(JobId job, GrantId grant) =>
        Holders.TryGetValue(job, out var holder) && holder.Grant?.Id == grant ? With(holder with { Grant = null }) : this;
}
