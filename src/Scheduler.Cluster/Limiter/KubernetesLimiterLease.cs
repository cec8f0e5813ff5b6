using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Cluster.Limiter;

/// <summary>The limiter's lease as a Kubernetes Lease.</summary>
public sealed class KubernetesLimiterLease(KubernetesLeaseHolder holder) : ILimiterLease
{
    public string Holder => holder.Identity;

    public async Task<GrantAuthority?> TryAcquireAsync(CancellationToken cancellationToken) =>
        Authority(await holder.TryAcquireAsync(cancellationToken));

    public async Task<GrantAuthority?> TryRenewAsync(Epoch? above, CancellationToken cancellationToken) =>
        Authority(await holder.TryRenewAsync(above, cancellationToken));

    public Task<bool> ReleaseAsync(CancellationToken cancellationToken) => holder.ReleaseAsync(cancellationToken);

    private static GrantAuthority? Authority(LeaseTerm? term) =>
        term is null ? null : new GrantAuthority(term.Epoch, term.ValidUntil) { ValidUntilUtc = term.ValidUntilUtc };
}
