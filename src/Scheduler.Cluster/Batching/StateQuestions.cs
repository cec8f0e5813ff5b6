using Akka.Actor;
using Scheduler.Core.Identity;

namespace Scheduler.Cluster.Batching;

/// <summary>
/// Who wants to know which job's state, and which are to be asked about next: single questions go before the round. Mutable;
/// one owner, <see cref="JobStates"/>. Bounded by the number of actors that ask: each counts once per job.
/// </summary>
internal sealed class StateQuestions
{
    private readonly Dictionary<JobId, HashSet<IActorRef>> _watchers = [];
    private readonly Dictionary<IActorRef, HashSet<JobId>> _watched = [];
    private readonly Dictionary<JobId, HashSet<IActorRef>> _asked = [];
    private readonly Queue<JobId> _round = new();

    public bool AnyDue => _asked.Count + _round.Count > 0;

    /// <summary>True when this is the watcher's first job.</summary>
    public bool Watch(JobId job, IActorRef watcher)
    {
        var isNew = !_watched.ContainsKey(watcher);
        Of(_watchers, job).Add(watcher);
        Of(_watched, watcher).Add(job);
        return isNew;
    }

    /// <summary>True when the watcher has no job left.</summary>
    public bool Unwatch(JobId job, IActorRef watcher)
    {
        Drop(_watchers, job, watcher);
        return Drop(_watched, watcher, job);
    }

    /// <summary>The actor has ended: it wants to know nothing any more.</summary>
    public void Forget(IActorRef actor)
    {
        foreach (var job in _watched.GetValueOrDefault(actor) ?? [])
        {
            Drop(_watchers, job, actor);
        }

        _watched.Remove(actor);
    }

    public void Ask(JobId job, IActorRef asker) => Of(_asked, job).Add(asker);

    /// <summary>All watched jobs are due, unless the last round is not through yet.</summary>
    public void BeginRound()
    {
        if (_round.Count == 0)
        {
            foreach (var job in _watchers.Keys)
            {
                _round.Enqueue(job);
            }
        }
    }

    /// <summary>
    /// The next jobs to ask about, with those who asked once. A question that comes after this is not answered by the same
    /// call: what Buildkite says may be older.
    /// </summary>
    public StateBatch Next(int most)
    {
        var batch = new Dictionary<JobId, IReadOnlyCollection<IActorRef>>();
        foreach (var (job, askers) in _asked.Take(most))
        {
            batch.Add(job, askers);
        }

        foreach (var job in batch.Keys)
        {
            _asked.Remove(job);
        }

        while (batch.Count < most && _round.TryDequeue(out var job))
        {
            if (_watchers.ContainsKey(job))
            {
                batch.TryAdd(job, []);
            }
        }

        return new StateBatch(batch);
    }

    public IReadOnlyCollection<IActorRef> WatchersOf(JobId job) => _watchers.GetValueOrDefault(job) ?? [];

    private static HashSet<TValue> Of<TKey, TValue>(Dictionary<TKey, HashSet<TValue>> sets, TKey key)
        where TKey : notnull
    {
        if (!sets.TryGetValue(key, out var set))
        {
            sets[key] = set = [];
        }

        return set;
    }

    /// <summary>True when nothing is left under the key.</summary>
    private static bool Drop<TKey, TValue>(Dictionary<TKey, HashSet<TValue>> sets, TKey key, TValue value)
        where TKey : notnull
    {
        if (sets.TryGetValue(key, out var set))
        {
            set.Remove(value);
            if (set.Count > 0)
            {
                return false;
            }

            sets.Remove(key);
        }

        return true;
    }
}

/// <summary>The jobs of one call, each with those who asked for it once.</summary>
internal sealed record StateBatch(IReadOnlyDictionary<JobId, IReadOnlyCollection<IActorRef>> Askers);
