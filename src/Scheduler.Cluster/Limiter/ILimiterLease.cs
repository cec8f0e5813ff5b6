using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;

namespace Scheduler.Cluster.Limiter;

/// <summary>
/// The lease that makes the limiter the only one. One instance serves one incarnation of the limiter and has an identity of
/// its own, so that a restarted limiter waits for its predecessor's grants to run out. Calls come one at a time.
/// </summary>
public interface ILimiterLease
{
    /// <summary>What the lease says while it is held, for people.</summary>
    string Holder => "";

    /// <summary>The term if the lease is held now; null when somebody else holds it. Faults when that cannot be told.</summary>
    Task<GrantAuthority?> TryAcquireAsync(CancellationToken cancellationToken);

    /// <summary>The prolonged term; null when the lease is not held any more. Faults when that cannot be told.</summary>
    /// <param name="above">The term is to have a higher epoch than this; null = it keeps its own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<GrantAuthority?> TryRenewAsync(Epoch? above, CancellationToken cancellationToken);

    /// <summary>Lets others take it at once. Never faults; harmless when not held.</summary>
    Task<bool> ReleaseAsync(CancellationToken cancellationToken);
}
