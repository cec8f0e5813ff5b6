using Akka.Event;
using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Limiter;

/// <summary>Tells the limiter, on its own node, of a new limit. 0 = unlimited; not negative.</summary>
public sealed record ChangeLimit(int MaxInFlight);

/// <summary>The limiter's termination message: drain, release the lease, stop.</summary>
public sealed record HandOver : IDeadLetterSuppression
{
    public static HandOver Instance { get; } = new();
}

/// <summary>What the limiter says to itself.</summary>
public sealed partial class LimiterActor
{
    private enum Call
    {
        Lease,
        List,
        Confirm,
    }

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }

    private sealed record LeaseDue
    {
        public static readonly LeaseDue Instance = new();
    }

    private sealed record RenewalDue
    {
        public static readonly RenewalDue Instance = new();
    }

    private sealed record ListDue
    {
        public static readonly ListDue Instance = new();
    }

    private sealed record LeaseReleased
    {
        public static readonly LeaseReleased Instance = new();
    }

    private sealed record LeaseAnswered(GrantAuthority? Term);

    private sealed record Listed(Snapshot Jobs, Epoch? BegunIn);

    private sealed record CallFailed(Call Call, Exception Error)
    {
        /// <summary>Whose confirmation it was.</summary>
        public JobId Job { get; init; }
    }
}
