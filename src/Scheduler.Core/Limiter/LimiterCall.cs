using Scheduler.Core.Identity;

namespace Scheduler.Core.Limiter;

/// <summary>A call to the outside that the limiter wants made. Its answer comes back as an input of <see cref="LimiterCore"/>.</summary>
public abstract record LimiterCall
{
    private LimiterCall()
    {
    }

    /// <summary>Try to get the lease; answered by <see cref="LimiterCore.LeaseAnswered"/> or <see cref="LimiterCore.LeaseFailed"/>.</summary>
    public sealed record AcquireLease : LimiterCall
    {
        public static readonly AcquireLease Instance = new();
    }

    /// <summary>Prolong the lease; answered like <see cref="AcquireLease"/>.</summary>
    /// <param name="Above">The lease is to have a higher epoch than this afterwards; null = it keeps its own.</param>
    public sealed record RenewLease(Epoch? Above) : LimiterCall;

    /// <summary>Call <see cref="LimiterCore.RenewalDue"/> after this pause.</summary>
    public sealed record RenewLater(TimeSpan Pause) : LimiterCall;

    /// <summary>
    /// Read all unfinished Jobs, consistently: the list must show every create answered before it began. Answered by
    /// <see cref="LimiterCore.Listed"/> or <see cref="LimiterCore.ListFailed"/>.
    /// </summary>
    /// <param name="BegunIn">The term in which it begins, to be handed back with the answer; null = in none.</param>
    public sealed record ListJobs(Epoch? BegunIn) : LimiterCall;

    /// <summary>Call <see cref="LimiterCore.ListDue"/> after a pause.</summary>
    public sealed record ListLater : LimiterCall
    {
        public static readonly ListLater Instance = new();
    }

    /// <summary>Let others have the lease, then stop. Asked for once, as the last call.</summary>
    public sealed record ReleaseLease : LimiterCall
    {
        public static readonly ReleaseLease Instance = new();
    }
}
