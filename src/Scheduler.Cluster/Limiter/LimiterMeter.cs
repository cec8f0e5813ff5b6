using Scheduler.Cluster.Metrics;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Ledger;
using Scheduler.Core.Limiter;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Limiter;

/// <summary>Turns what a message did to the limiter into metrics. One owner, the limiter's actor.</summary>
internal sealed class LimiterMeter(NodeMetrics metrics)
{
    /// <summary>The books after any message.</summary>
    public void Measure(object message, LimiterCore before, LimiterCore after)
    {
        MeasurePhase(before, after);
        if (!ReferenceEquals(before.Ledger, after.Ledger))
        {
            MeasureBooks(after.Ledger);
        }

        switch (message)
        {
            case Take take when before.Ledger.Holders.TryGetValue(take.Job, out var holder) && holder.Running is not null:
                metrics.Deduper.RequestedAgain();
                break;
            case Observed observed:
                MeasureObserved(observed, before.Ledger, after.Ledger);
                break;
            case Snapshot snapshot:
                MeasureSnapshot(snapshot, before.Ledger, after.Ledger);
                break;
            case Return returned:
                MeasureReturn(Holds(before.Ledger, returned) && !Holds(after.Ledger, returned));
                break;
            case Confirmed confirmed when before.Ledger.Holders.ContainsKey(confirmed.Job) && !after.Ledger.Holders.ContainsKey(confirmed.Job):
                metrics.Deduper.Gone();
                break;
        }
    }

    private static bool Holds(TokenLedger ledger, Return returned) =>
        ledger.Holders.GetValueOrDefault(returned.Job)?.Grant?.IsNamed(returned.Grant) == true;

    /// <summary>A grant was told to somebody.</summary>
    /// <param name="isClaim">As the answer to a claim, not to a request for a token.</param>
    public void Granted(bool isClaim)
    {
        if (isClaim)
        {
            metrics.Grants.Claimed.Inc();
        }
        else
        {
            metrics.Grants.Made.Inc();
            metrics.Deduper.Granted();
            metrics.Deduper.HandlerCalls.Inc();
        }
    }

    public void Expired() => metrics.Grants.Expired.Inc();

    /// <summary>A claim was granted after this wait.</summary>
    public void ClaimGranted(TimeSpan waited) => metrics.Grants.ClaimWait.Observe(waited.TotalSeconds);

    public void LeaseProlonged() => metrics.Lease.Renewals.Inc();

    public void LeaseNotProlonged() => metrics.Lease.RenewalsFailed.Inc();

    /// <summary>The limiter is here.</summary>
    public void Begin(LimiterCore core)
    {
        metrics.Cluster.Singleton("limiter", isHere: true);
        metrics.Lease.Entered(Name(core.Phase));
        MeasureBooks(core.Ledger);
    }

    /// <summary>The limiter is here no more: what it said of itself is 0 again.</summary>
    public void End()
    {
        metrics.Cluster.Singleton("limiter", isHere: false);
        foreach (var gauge in (Prometheus.Gauge[])
            [
                metrics.Lease.Held, metrics.Lease.Epoch, metrics.Limiter.MaxInFlight, metrics.Limiter.TokensAvailable,
                metrics.Deduper.Running, metrics.Grants.Open, metrics.Grants.Waiting,
            ])
        {
            gauge.Set(0);
        }
    }

    private void MeasurePhase(LimiterCore before, LimiterCore after)
    {
        if (before.Term?.Epoch != after.Term?.Epoch)
        {
            metrics.Lease.Held.Set(after.Term is null ? 0 : 1);
            metrics.Lease.Epoch.Set(after.Term?.Epoch.Value ?? 0);
        }

        if (before.Phase == after.Phase)
        {
            return;
        }

        metrics.Lease.Entered(Name(after.Phase));
        switch (after.Phase)
        {
            case LimiterPhase.Granting:
                metrics.Lease.FailOvers.Inc();
                break;
            case LimiterPhase.Acquiring:
                metrics.Lease.Lost.Inc();
                break;
        }
    }

    private void MeasureBooks(TokenLedger ledger)
    {
        metrics.Limiter.MaxInFlight.Set(ledger.Limit);
        metrics.Limiter.TokensAvailable.Set(ledger.Limit == 0 ? 0 : ledger.Free);
        metrics.Deduper.Running.Set(ledger.Holders.Count);
        metrics.Grants.Open.Set(ledger.OpenGrants);
        metrics.Grants.Waiting.Set(ledger.Waiters.Count);
    }

    private void MeasureObserved(Observed observed, TokenLedger before, TokenLedger after)
    {
        var (was, isNow) = (before.Holders.ContainsKey(observed.Job), after.Holders.ContainsKey(observed.Job));
        if (observed.State == KubernetesJobState.Unfinished)
        {
            Adopt(was ? 0 : 1, before);
        }
        else if (was && !isNow)
        {
            metrics.Deduper.Gone();
        }
        else if (!was)
        {
            metrics.Deduper.GoneInVain();
        }
    }

    private void MeasureSnapshot(Snapshot snapshot, TokenLedger before, TokenLedger after)
    {
        var known = snapshot.Unfinished.Count(job => before.Holders.ContainsKey(job.Job));
        metrics.Deduper.ListedAgain(known);
        Adopt(snapshot.Unfinished.Length - known, before);
        metrics.Deduper.Gone(before.Holders.Keys.Count(job => !after.Holders.ContainsKey(job)));
    }

    private void MeasureReturn(bool counts)
    {
        if (counts)
        {
            metrics.Grants.Returned.Inc();
            metrics.Deduper.HandlerErrors.Inc();
            metrics.Deduper.Returned();
        }
        else
        {
            metrics.Deduper.ReturnedInVain();
        }
    }

    private void Adopt(int count, TokenLedger before)
    {
        metrics.Grants.Adopted.Inc(count);
        metrics.Deduper.Adopted(count);
        metrics.Limiter.Underflow(Math.Max(0, count - before.Free));
    }

    private static string Name(LimiterPhase phase) => phase.ToString().ToLowerInvariant();
}
