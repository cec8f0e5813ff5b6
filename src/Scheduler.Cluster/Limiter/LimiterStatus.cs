using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Limiter;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Limiter;

/// <summary>Asks the limiter for its <see cref="LimiterStatus"/>.</summary>
public sealed record GetLimiterStatus : ICrossesNodes
{
    public static GetLimiterStatus Instance { get; } = new();
}

/// <summary>The limiter's books at one moment, for people and probes.</summary>
public sealed record LimiterStatus : ICrossesNodes
{
    /// <summary>Most holders told of: the answer has to stay a small message.</summary>
    public const int MostHolders = 500;

    /// <summary>Cluster address of the node it is on; empty outside a cluster.</summary>
    public string Node { get; init; } = "";

    /// <summary>What the lease says while it is held here; null while it is not.</summary>
    public string? LeaseHolder { get; init; }

    public required LimiterPhase Phase { get; init; }

    /// <summary>Null while no lease is held.</summary>
    public required Epoch? Epoch { get; init; }

    /// <summary>0 = unlimited.</summary>
    public required int Limit { get; init; }

    public required int InFlight { get; init; }

    /// <summary><see cref="int.MaxValue"/> when unlimited.</summary>
    public required int Free { get; init; }

    public required int Waiters { get; init; }

    /// <summary>Oldest first, at most <see cref="MostHolders"/>; <see cref="InFlight"/> counts all.</summary>
    public required ImmutableArray<HolderStatus> Holders { get; init; }
}

/// <summary>One token taken: by a grant, by an unfinished Job, or by both.</summary>
public sealed record HolderStatus(JobId Job, GrantId? Grant, bool IsRunning, bool IsUnconfirmed)
{
    /// <summary>How long this limiter has known it, to about a second; after a fail-over it counts anew.</summary>
    public TimeSpan Age { get; init; }
}
