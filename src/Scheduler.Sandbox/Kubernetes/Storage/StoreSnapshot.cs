using System.Collections.Immutable;
using Scheduler.Sandbox.Kubernetes.Resources;

namespace Scheduler.Sandbox.Kubernetes.Storage;

/// <summary>Everything stored as of one revision.</summary>
internal sealed record StoreSnapshot
{
    private static readonly ImmutableSortedDictionary<string, KubeObject> NoObjects =
        ImmutableSortedDictionary.Create<string, KubeObject>(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, KubeObject>> NoNamespaces =
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, KubeObject>>(StringComparer.Ordinal);

    private ImmutableDictionary<ResourceType, ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, KubeObject>>> Objects { get; init; } =
        ImmutableDictionary<ResourceType, ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, KubeObject>>>.Empty;

    /// <summary>The resourceVersion of the last committed change. Starts at 1, as 0 means "any" to clients.</summary>
    public long Revision { get; private init; } = 1;

    public KubeObject? Find(ObjectKey key) => In(key.Type, key.Namespace).GetValueOrDefault(key.Name);

    /// <summary>The objects of a kind, sorted by namespace and name; of all namespaces when none is named.</summary>
    public IEnumerable<KubeObject> List(ResourceType type, string? ns) =>
        ns is null ? Namespaces(type).Values.SelectMany(objects => objects.Values) : In(type, ns).Values;

    public StoreSnapshot Put(KubeObject item, long revision) =>
        Replace(item.Key, In(item.Type, item.Meta.Namespace).SetItem(item.Meta.Name, item), revision);

    public StoreSnapshot Remove(ObjectKey key, long revision) =>
        Replace(key, In(key.Type, key.Namespace).Remove(key.Name), revision);

    /// <summary>The same objects under a later revision, at which nothing of interest had changed.</summary>
    public StoreSnapshot As(long revision) => this with { Revision = revision };

    private StoreSnapshot Replace(ObjectKey key, ImmutableSortedDictionary<string, KubeObject> objects, long revision) =>
        this with { Revision = revision, Objects = Objects.SetItem(key.Type, Namespaces(key.Type).SetItem(key.Namespace, objects)) };

    private ImmutableSortedDictionary<string, KubeObject> In(ResourceType type, string ns) =>
        Namespaces(type).GetValueOrDefault(ns) ?? NoObjects;

    private ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, KubeObject>> Namespaces(ResourceType type) =>
        Objects.GetValueOrDefault(type) ?? NoNamespaces;
}
