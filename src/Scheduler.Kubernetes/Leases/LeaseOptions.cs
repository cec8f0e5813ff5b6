namespace Scheduler.Kubernetes.Leases;

/// <summary>Which lease, and how long its holder may be silent.</summary>
public sealed record LeaseOptions
{
    public required string Namespace { get; init; }

    /// <summary>The Lease object's name: lower-case letters, digits, <c>-</c> and <c>.</c>, at most 63.</summary>
    public required string Name { get; init; }

    /// <summary>Who holds it, for people; a random part is added.</summary>
    public required string HolderName { get; init; }

    /// <summary>Others may take the lease once its holder has not renewed it for this long. At least 2 s.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Time from one renewal to the next; less than half of <see cref="Duration"/>.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Most time one call may take; less than half of <see cref="Duration"/>.</summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The holder stops this long before others may take the lease: for clocks that run at different speeds.</summary>
    public TimeSpan SafetyMargin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>All that is wrong, each with value and remedy; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (Duration < TimeSpan.FromSeconds(2))
        {
            yield return $"lease duration {Duration.TotalSeconds} s is too short; use 2 s or more";
        }

        if (RenewInterval <= TimeSpan.Zero || RenewInterval >= Duration / 2)
        {
            yield return $"lease renew interval {RenewInterval.TotalSeconds} s must be above 0 and below half the duration of {Duration.TotalSeconds} s";
        }

        if (OperationTimeout <= TimeSpan.Zero || OperationTimeout >= Duration / 2)
        {
            yield return $"lease operation timeout {OperationTimeout.TotalSeconds} s must be above 0 and below half the duration of {Duration.TotalSeconds} s";
        }
    }
}
