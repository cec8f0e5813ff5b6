using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Serving;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>
/// Carries out what deletes say about dependents: removes objects whose owners are all gone, keeps owners deleted in the
/// foreground until their dependents are gone, and frees the dependents of owners deleted with Orphan.
/// </summary>
internal sealed class GarbageCollector(ObjectStore store, TimeProvider time) : Controller<ObjectKey>(store, time)
{
    private readonly OwnerIndex _index = new();

    public override void Observe(Change change)
    {
        var item = change.After;
        _index.Learn(change);
        if (change.IsRemoval)
        {
            foreach (var dependent in _index.DependentsOf(item.Meta.Uid))
            {
                Queue.Add(dependent);
            }

            foreach (var owner in item.Meta.Owners)
            {
                if (TypeOf(owner) is { } type)
                {
                    Queue.Add(new ObjectKey(type, type.IsNamespaced ? item.Meta.Namespace : "", owner.Name));
                }
            }
        }
        else if (change.Before is null ? item.Meta.Owners.Length > 0 : item.Meta.Deleted is not null && item.Meta.Finalizers.Length > 0)
        {
            Queue.Add(item.Key);
        }
    }

    protected override async Task ReconcileAsync(ObjectKey key, CancellationToken ct)
    {
        if (Store.Current.Find(key) is not { } item)
        {
            return;
        }

        if (item.Meta.Deleted is not null && item.Meta.Finalizers.Contains(Deletion.Foreground))
        {
            await FinishForegroundAsync(item, ct);
        }
        else if (item.Meta.Deleted is not null && item.Meta.Finalizers.Contains(Deletion.Orphan))
        {
            await FreeDependentsAsync(item, ct);
        }
        else if (item.Meta.Deleted is null && item.Meta.Owners.Length > 0 && item.Meta.Owners.All(owner => IsGone(owner, item)))
        {
            await Removal.DeleteAsync(Store, key, item.Meta.Uid, "Background", Now, ct);
        }
    }

    private async Task FinishForegroundAsync(KubeObject owner, CancellationToken ct)
    {
        var dependents = _index.DependentsOf(owner.Meta.Uid).Select(Store.Current.Find).OfType<KubeObject>().ToArray();
        foreach (var dependent in dependents.Where(item => item.Meta.Deleted is null))
        {
            await Removal.DeleteAsync(Store, dependent.Key, dependent.Meta.Uid, "Background", Now, ct);
        }

        if (!dependents.Any(item => Store.Current.Find(item.Key)?.Meta.Uid == item.Meta.Uid))
        {
            await FinishAsync(owner, Deletion.Foreground, ct);
        }
    }

    private async Task FreeDependentsAsync(KubeObject owner, CancellationToken ct)
    {
        foreach (var dependent in _index.DependentsOf(owner.Meta.Uid))
        {
            await Store.WriteAsync(
                dependent,
                stored => stored is null
                    ? Decision.Keep
                    : Decision.Put(stored.With(stored.Meta with { Owners = stored.Meta.Owners.RemoveAll(entry => entry.Uid == owner.Meta.Uid) })),
                ct);
        }

        await FinishAsync(owner, Deletion.Orphan, ct);
    }

    private Task<KubeObject?> FinishAsync(KubeObject owner, string finalizer, CancellationToken ct) => Store.WriteAsync(
        owner.Key,
        stored =>
        {
            if (stored is null || stored.Meta.Uid != owner.Meta.Uid)
            {
                return Decision.Keep;
            }

            var freed = stored.With(stored.Meta with { Finalizers = stored.Meta.Finalizers.Remove(finalizer) });
            return Admission.MayGo(freed) ? Decision.Remove(freed) : Decision.Put(freed);
        },
        ct);

    // Owners of kinds that are not stored here cannot be looked up, so they count as present.
    private bool IsGone(OwnerReference owner, KubeObject dependent) =>
        TypeOf(owner) is { } type
        && Store.Current.Find(new ObjectKey(type, type.IsNamespaced ? dependent.Meta.Namespace : "", owner.Name))?.Meta.Uid != owner.Uid;

    private static ResourceType? TypeOf(OwnerReference owner) =>
        ResourceCatalog.All.FirstOrDefault(type => type.Kind == owner.Kind && type.ApiVersion == owner.ApiVersion);
}
