using Scheduler.Core.Ledger;

namespace Scheduler.Cluster.Limiter;

/// <summary>What the limiter is told at start.</summary>
public sealed record LimiterSettings
{
    /// <summary>Most unfinished Jobs at once; 0 = unlimited.</summary>
    public required int MaxInFlight { get; init; }

    public LedgerSettings Ledger { get; init; } = new();

    /// <summary>How often the lease is renewed, and how often it is tried for while somebody else holds it.</summary>
    public TimeSpan LeaseInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often deadlines are looked at.</summary>
    public TimeSpan TickInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Wait before a failed list is tried again, and between the lists that watch over a hand-over.</summary>
    public TimeSpan ListInterval { get; init; } = TimeSpan.FromMilliseconds(500);
}
