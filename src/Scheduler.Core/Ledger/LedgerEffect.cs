using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Ledger;

/// <summary>What the limiter has to tell somebody after a step of the ledger.</summary>
public abstract record LedgerEffect
{
    private LedgerEffect()
    {
    }

    /// <summary>To whoever took or claimed: the token is theirs for <paramref name="Remaining"/>.</summary>
    public sealed record Grant(JobId Job, GrantId Id, TimeSpan Remaining) : LedgerEffect;

    /// <summary>To whoever took or claimed: no token.</summary>
    public sealed record Deny(JobId Job, DenialReason Reason) : LedgerEffect;

    /// <summary>To Kubernetes: read afresh the Job that this grant, which has ended, was for.</summary>
    public sealed record AskForConfirmation(JobId Job, GrantId Id) : LedgerEffect;

    /// <summary>To Kubernetes: list all Jobs, for the watch misses some, or so many are to be read that one list is cheaper.</summary>
    public sealed record AskForList : LedgerEffect
    {
        public static readonly AskForList Instance = new();
    }

    /// <summary>To nobody: the request ran out of patience and is forgotten.</summary>
    public sealed record Forget(JobId Job) : LedgerEffect;
}
