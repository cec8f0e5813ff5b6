using System.Collections.Immutable;
using Scheduler.Core.Identity;

namespace Scheduler.Cluster.Limiter;

/// <summary>Asks the limiter for its <see cref="LimiterStatus"/>.</summary>
public sealed record GetLimiterStatus
{
    public static GetLimiterStatus Instance { get; } = new();
}

/// <summary>The limiter's books at one moment, for people.</summary>
public sealed record LimiterStatus
{
    public required LimiterPhase Phase { get; init; }

    /// <summary>Null while no lease is held.</summary>
    public required Epoch? Epoch { get; init; }

    /// <summary>0 = unlimited.</summary>
    public required int Limit { get; init; }

    public required int InFlight { get; init; }

    public required int Free { get; init; }

    public required int Waiters { get; init; }

    public required ImmutableArray<HolderStatus> Holders { get; init; }
}

/// <summary>One token taken: by a grant, by an unfinished Job, or by both.</summary>
public sealed record HolderStatus(JobId Job, GrantId? Grant, bool IsRunning, bool IsUnconfirmed);

public enum LimiterPhase
{
    /// <summary>Another limiter holds the lease, or Kubernetes cannot be asked.</summary>
    Acquiring,

    /// <summary>The lease is held; the list of unfinished Jobs is being read.</summary>
    Recovering,

    Granting,

    /// <summary>Handing over: no new grants, waiting for the open ones to be used or to end.</summary>
    Draining,
}
