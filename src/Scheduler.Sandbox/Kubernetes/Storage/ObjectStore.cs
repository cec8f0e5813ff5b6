using System.Collections.Frozen;
using System.Collections.Immutable;
using Scheduler.Sandbox.Kubernetes.Resources;

namespace Scheduler.Sandbox.Kubernetes.Storage;

/// <summary>
/// All objects and their history. Writes happen one after the other, each under the next revision; reads take a snapshot
/// and never wait. A change is visible to reads before watches hear of it, so a reader is never behind what a watch told it.
/// </summary>
/// <param name="types">The kinds stored.</param>
/// <param name="historyLength">How many changes of each kind are kept for watches that start late.</param>
/// <param name="onCommit">Called for every change, in order, before anybody else can see it. Must be quick and not throw.</param>
internal sealed class ObjectStore(ImmutableArray<ResourceType> types, int historyLength, Action<Change> onCommit) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly FrozenDictionary<ResourceType, ChangeLog> _logs =
        types.ToFrozenDictionary(type => type, _ => new ChangeLog(historyLength, new StoreSnapshot().Revision));

    private StoreSnapshot _current = new();
    private long _logged = new StoreSnapshot().Revision;

    public StoreSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Every change up to this revision can be read from the logs.</summary>
    public long LoggedRevision => Volatile.Read(ref _logged);

    /// <summary>The changes of all kinds together, for followers from now on; it keeps no history.</summary>
    public ChangeLog Everything { get; } = new(0, new StoreSnapshot().Revision);

    public ChangeLog LogOf(ResourceType type) => _logs[type];

    /// <summary>Changes one object, or does not: whatever <paramref name="decide"/> makes of the version it is shown.</summary>
    /// <param name="key">The object.</param>
    /// <param name="decide">Sees the stored version, null when there is none; whatever it throws refuses the write.</param>
    /// <param name="ct">Ends the wait for earlier writes; a write that has begun is finished.</param>
    /// <returns>The object as it is now stored, or its last state when it was removed; null when there was none and still is none.</returns>
    public async Task<KubeObject?> WriteAsync(ObjectKey key, Func<KubeObject?, Decision> decide, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            var before = _current.Find(key);
            var decision = decide(before);
            return decision.Item is null ? before : Commit(before, decision.Item, decision.IsRemoval);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Forgets the history: watches that start from a revision before now are told 410 Gone.</summary>
    public async Task CompactAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            foreach (var log in _logs.Values)
            {
                log.Compact();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private KubeObject Commit(KubeObject? before, KubeObject item, bool isRemoval)
    {
        var revision = _current.Revision + 1;
        var after = item.With(item.Meta with { Revision = revision });
        var snapshot = isRemoval ? _current.Remove(after.Key, revision) : _current.Put(after, revision);
        var change = new Change(before, after, isRemoval, snapshot);
        onCommit(change);
        Volatile.Write(ref _current, snapshot);
        _logs[after.Type].Append(change);
        Everything.Append(change);
        Volatile.Write(ref _logged, revision);
        return after;
    }
}
