using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>Which objects name which owner. For one thread.</summary>
internal sealed class OwnerIndex
{
    private readonly Dictionary<string, HashSet<ObjectKey>> _dependents = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ObjectKey> DependentsOf(string ownerUid) =>
        _dependents.TryGetValue(ownerUid, out var dependents) ? [.. dependents] : [];

    public void Learn(Change change)
    {
        foreach (var owner in change.Before?.Meta.Owners ?? [])
        {
            if ((change.IsRemoval || !change.After.Meta.Owners.Contains(owner)) && _dependents.TryGetValue(owner.Uid, out var dependents))
            {
                dependents.Remove(change.After.Key);
                if (dependents.Count == 0)
                {
                    _dependents.Remove(owner.Uid);
                }
            }
        }

        if (change.IsRemoval)
        {
            return;
        }

        foreach (var owner in change.After.Meta.Owners)
        {
            if (!_dependents.TryGetValue(owner.Uid, out var dependents))
            {
                _dependents[owner.Uid] = dependents = [];
            }

            dependents.Add(change.After.Key);
        }
    }
}
