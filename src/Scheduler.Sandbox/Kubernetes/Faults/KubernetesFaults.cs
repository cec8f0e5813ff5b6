using System.Collections.Immutable;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Faults;

/// <summary>The switches by which tests make the API server misbehave. Any thread may use them at any time.</summary>
public sealed class KubernetesFaults : IDisposable
{
    private readonly ObjectStore _store;
    private ImmutableArray<ActiveFault> _rules = [];
    private ImmutableHashSet<(string Verb, string Resource)> _denied = [];
    private CancellationTokenSource _breakWatches = new();
    private CancellationTokenSource _expireWatches = new();
    private volatile StoreSnapshot? _frozen;
    private volatile GrantFence? _fence;
    private int _refusedByFence;
    private volatile bool _dropWatchEvents;
    private volatile bool _expiredAsHttpError;

    internal KubernetesFaults(ObjectStore store) => _store = store;

    /// <summary>While true, watches silently miss every change; bookmarks go on, as if nothing had happened.</summary>
    public bool DropWatchEvents
    {
        get => _dropWatchEvents;
        set => _dropWatchEvents = value;
    }

    /// <summary>
    /// Whether a watch from a forgotten revision is refused with HTTP 410. By default it begins with 200 and an ERROR event
    /// that holds the 410, as the real server's watch cache answers.
    /// </summary>
    public bool RefuseExpiredWatches
    {
        get => _expiredAsHttpError;
        set => _expiredAsHttpError = value;
    }

    /// <summary>While set, Jobs of an epoch that is over are refused, as by the chart's admission policy. No fault, but a switch too.</summary>
    public GrantFence? Fence
    {
        get => _fence;
        set => _fence = value;
    }

    /// <summary>Jobs that <see cref="Fence"/> has refused so far.</summary>
    public int RefusedByFence => Volatile.Read(ref _refusedByFence);

    internal StoreSnapshot? FrozenSnapshot => _frozen;

    /// <summary>Cancelled when the watches now open are to be cut.</summary>
    internal CancellationToken WatchesBroken => Volatile.Read(ref _breakWatches).Token;

    /// <summary>Cancelled when the watches now open are to be ended with 410.</summary>
    internal CancellationToken WatchesExpired => Volatile.Read(ref _expireWatches).Token;

    /// <summary>Puts a rule in force.</summary>
    public ActiveFault Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentOutOfRangeException.ThrowIfLessThan(rule.Times, 1);
        var active = new ActiveFault(rule, Remove);
        ImmutableInterlocked.Update(ref _rules, (rules, added) => rules.Add(added), active);
        return active;
    }

    /// <summary>From now on nobody is allowed to do this: requests get 403, and access reviews say so.</summary>
    /// <param name="verb">As in RBAC rules.</param>
    /// <param name="resource">The plural, such as <c>jobs</c>.</param>
    public void Deny(string verb, string resource) => ImmutableInterlocked.Update(ref _denied, (denied, more) => denied.Add(more), (verb, resource));

    /// <summary>Takes all rules out of force and resets all switches.</summary>
    public void Clear()
    {
        ImmutableInterlocked.Update(ref _rules, _ => []);
        ImmutableInterlocked.Update(ref _denied, _ => []);
        DropWatchEvents = false;
        RefuseExpiredWatches = false;
        Fence = null;
        ThawLists();
    }

    /// <summary>Resets the connections of all watches now open.</summary>
    public async Task BreakWatchesAsync() => await Renew(ref _breakWatches).CancelAsync();

    /// <summary>Ends all watches now open with an ERROR event of code 410.</summary>
    public async Task ExpireWatchesAsync() => await Renew(ref _expireWatches).CancelAsync();

    /// <summary>Forgets the history: watches and list pages that start from a revision before now get 410.</summary>
    public Task CompactHistoryAsync(CancellationToken ct) => _store.CompactAsync(ct);

    /// <summary>
    /// From now on lists show the state of this moment, under its old revision, until <see cref="ThawLists"/>. The real server
    /// does that only to clients that ask for resourceVersion=0; here all lists are stale.
    /// </summary>
    public void FreezeLists() => _frozen = _store.Current;

    /// <summary>Ends <see cref="FreezeLists"/>.</summary>
    public void ThawLists() => _frozen = null;

    public void Dispose()
    {
        _breakWatches.Dispose();
        _expireWatches.Dispose();
    }

    internal bool IsDenied(string verb, string resource) => Volatile.Read(ref _denied).Contains((verb, resource));

    /// <summary>What the fence says of a Job about to be created.</summary>
    /// <exception cref="ApiError">It is refused.</exception>
    internal void Admit(KubeObject created, StoreSnapshot current)
    {
        if (_fence is not { } fence || created.Type != ResourceCatalog.Jobs)
        {
            return;
        }

        try
        {
            FenceAdmission.Check(fence, created, current);
        }
        catch (ApiError)
        {
            Interlocked.Increment(ref _refusedByFence);
            throw;
        }
    }

    /// <summary>The fault that befalls a request, if any. The name is only asked for when there are rules.</summary>
    internal Fault? Take(string verb, string resource, Func<string> name)
    {
        var rules = _rules;
        if (rules.IsEmpty)
        {
            return null;
        }

        var known = name();
        foreach (var active in rules)
        {
            if (active.Rule.Matches(verb, resource, known) && active.TryUse())
            {
                return active.Rule.Fault;
            }
        }

        return null;
    }

    // The former source is left to the collector: requests may still hold its token.
    private static CancellationTokenSource Renew(ref CancellationTokenSource source) =>
        Interlocked.Exchange(ref source, new CancellationTokenSource());

    private void Remove(ActiveFault active) => ImmutableInterlocked.Update(ref _rules, (rules, gone) => rules.Remove(gone), active);
}
