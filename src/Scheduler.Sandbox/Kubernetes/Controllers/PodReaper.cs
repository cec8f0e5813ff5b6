using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>Removes deleted pods whose grace is over and whose kubelet, if there is one, did not.</summary>
internal sealed class PodReaper(ObjectStore store, TimeProvider time) : Controller<ObjectKey>(store, time)
{
    /// <summary>Times are stored to the second, rounded down; a kubelet that keeps to its time shall be first.</summary>
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(1.5);

    public override void Observe(Change change)
    {
        if (change.After.Type == ResourceCatalog.Pods && !change.IsRemoval && change.After.Meta.Deleted is { } due)
        {
            Queue.AddAt(change.After.Key, due + Allowance);
        }
    }

    protected override Task ReconcileAsync(ObjectKey key, CancellationToken ct) => Store.WriteAsync(
        key,
        stored => stored is { Meta: { Deleted: { } due, Finalizers.Length: 0 } } && due + Allowance <= Now
            ? Decision.Remove(stored)
            : Decision.Keep,
        ct);
}
