using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>The limiter's lease and phases, counted by the limiter.</summary>
public sealed class LeaseMetrics
{
    private readonly Counter _phases;

    internal LeaseMetrics(MetricFamilies families)
    {
        Held = families.Gauge("lease_held", "1 on the node whose limiter holds the lease.");
        Epoch = families.Gauge("epoch", "Epoch of the lease held; 0 while none is held here.");
        Renewals = families.Counter("lease_renewals_total", "Times the lease was prolonged: by the clock, and for claims that waited.");
        RenewalsFailed = families.Counter("lease_renewals_failed_total", "Attempts to prolong the lease that failed or were refused.");
        Lost = families.Counter("lease_lost_total", "Times the lease ran out under a working limiter.");
        _phases = families.Counter("phases_entered_total", "Changes of the limiter's phase.", ["phase"], "acquiring", "recovering", "granting", "draining");
        FailOvers = families.Counter("takeovers_total", "Times this node's limiter took the lease up and began to grant.");
    }

    public Gauge Held { get; }

    public Gauge Epoch { get; }

    public Counter Renewals { get; }

    public Counter RenewalsFailed { get; }

    public Counter Lost { get; }

    public Counter FailOvers { get; }

    /// <param name="phase">In lower case.</param>
    public void Entered(string phase) => _phases.WithLabels(phase).Inc();
}
