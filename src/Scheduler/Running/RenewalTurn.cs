using k8s;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Running;

/// <summary>
/// The lease by which one node at a time starts anew to get another certificate. Kept by the process, since the node that took it and
/// the node that gives it back are two; not renewed in between, so a node that does not come back holds up nobody for long.
/// </summary>
internal sealed class RenewalTurn : IAsyncDisposable
{
    /// <summary>A node needs about half a minute from its leave until it is a member again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private KubernetesLeaseHolder? _holder;

    /// <summary>The same at every call, whatever is asked for; calls come one at a time.</summary>
    /// <param name="lease">Name, namespace and holder of the lease; its durations are not used.</param>
    /// <param name="client">Outlives this.</param>
    /// <param name="time">The process's clock.</param>
    public KubernetesLeaseHolder Holder(LeaseOptions lease, IKubernetes client, TimeProvider time) =>
        _holder ??= new KubernetesLeaseHolder(lease with { Duration = Longest }, client, time);

    /// <summary>Lets another node have its turn at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_holder is { } holder)
        {
            await holder.ReleaseAsync(CancellationToken.None);
            holder.Dispose();
        }
    }
}
