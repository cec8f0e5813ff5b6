using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>The limiter's grants and holders, counted by the limiter.</summary>
public sealed class GrantMetrics
{
    internal GrantMetrics(MetricFamilies families)
    {
        Open = families.Gauge("open", "Grants not yet used, returned or found void.");
        Waiting = families.Gauge("waiting", "Requests for tokens the limiter holds.");
        Made = families.Counter("made_total", "Grants made.");
        Claimed = families.Counter("claimed_total", "Grants claimed by a launcher about to create.");
        ClaimWait = families.Seconds("claim_wait_seconds", "Time from a claim to its grant, in which the lease is renewed.", Buckets.Renewals);
        Returned = families.Counter("returned_total", "Grants given back.");
        Expired = families.Counter("expired_total", "Grants that reached their deadline without a trace of their Job, so that Kubernetes was asked.");
        Adopted = families.Counter("adopted_jobs_total", "Unfinished Jobs that were found without a grant.");
    }

    public Gauge Open { get; }

    public Gauge Waiting { get; }

    public Counter Made { get; }

    public Counter Claimed { get; }

    public Histogram ClaimWait { get; }

    public Counter Returned { get; }

    public Counter Expired { get; }

    public Counter Adopted { get; }
}
