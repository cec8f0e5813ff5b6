using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Core.Backlog;

/// <summary>
/// The jobs that wait at Buildkite, best first, as far as the list has shown them. Bounded: beyond the limit the worst are
/// let go, and come back with a later sweep. A job being pursued (it has a token) is set aside, so that a page read before it
/// was reserved does not bring it back. Not for concurrent use; one owner, JobFetcher.
/// </summary>
/// <remarks>Mutable, unlike the rest of the core: it holds up to a million jobs and every poll touches thousands.</remarks>
public sealed class WaitingJobs
{
    /// <summary>
    /// Sweeps a resumed job outlives without being listed: Buildkite does not list it while it is reserved for us.
    /// </summary>
    private const int SweepsAfterResume = 60;

    private readonly int _limit;
    private readonly Dictionary<JobId, BacklogEntry> _waiting = [];
    private readonly SortedSet<BacklogEntry> _ordered = new(BestFirst.Instance);
    private readonly Dictionary<JobId, BacklogEntry> _pursued = [];
    private long _sweep = 1;

    /// <param name="limit">Most jobs to remember, at least 1 (<c>work-queue-limit</c>).</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public WaitingJobs(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        _limit = limit;
    }

    /// <summary>Jobs waiting, those being pursued not among them.</summary>
    public int Count => _waiting.Count;

    /// <summary>Jobs set aside because they have a token.</summary>
    public int PursuedCount => _pursued.Count;

    /// <summary>Takes in jobs that a page showed. Returns how many were not known.</summary>
    /// <param name="page">The jobs.</param>
    /// <param name="now">When the page was read, on the owner's clock; kept for <see cref="ListedAt"/>.</param>
    public int Merge(IEnumerable<ScheduledJob> page, Moment now = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        var added = 0;
        foreach (var job in page)
        {
            added += Merge(job, now) ? 1 : 0;
        }

        while (_waiting.Count > _limit)
        {
            Remove(_ordered.Max!);
        }

        return added;
    }

    /// <summary>
    /// A walk over the whole list has ended: what it did not show, and what was known when it began, waits no more. Returns
    /// those jobs. The next walk begins now.
    /// </summary>
    public IReadOnlyList<JobId> FinishSweep()
    {
        var vanished = _waiting.Values.Where(entry => entry.SeenInSweep < _sweep).ToArray();
        foreach (var entry in vanished)
        {
            Remove(entry);
        }

        _sweep++;
        return Array.ConvertAll(vanished, entry => entry.Job.Id);
    }

    /// <summary>The best waiting jobs, best first, without taking them.</summary>
    public IEnumerable<ScheduledJob> Best(int count) => _ordered.Take(count).Select(entry => entry.Job);

    public bool IsWaiting(JobId id) => _waiting.ContainsKey(id);

    /// <summary>When a job that waits or is pursued was first listed; null for others.</summary>
    public Moment? ListedAt(JobId id) =>
        _waiting.TryGetValue(id, out var entry) || _pursued.TryGetValue(id, out entry) ? entry.ListedAt : null;

    /// <summary>Sets a waiting job aside because it has a token now. Null when it does not wait (any more).</summary>
    public ScheduledJob? Pursue(JobId id)
    {
        if (!_waiting.TryGetValue(id, out var entry))
        {
            return null;
        }

        Remove(entry);
        _pursued.Add(id, entry);
        return entry.Job;
    }

    /// <summary>The pursuit failed for a passing reason: the job waits again.</summary>
    public void Resume(JobId id)
    {
        if (_pursued.Remove(id, out var pursued) && Merge([pursued.Job], pursued.ListedAt) == 1 && _waiting.TryGetValue(id, out var entry))
        {
            entry.SeenInSweep = _sweep + SweepsAfterResume;
        }
    }

    /// <summary>The pursuit is over, one way or the other. Should Buildkite still list the job, it comes back.</summary>
    public void Forget(JobId id) => _pursued.Remove(id);

    private bool Merge(ScheduledJob job, Moment now)
    {
        if (_pursued.ContainsKey(job.Id))
        {
            return false;
        }

        var known = _waiting.TryGetValue(job.Id, out var entry);
        if (known && entry!.Job.Priority == job.Priority && entry.Job.ScheduledAt == job.ScheduledAt)
        {
            entry.SeenInSweep = Math.Max(entry.SeenInSweep, _sweep);
            return false;
        }

        if (known)
        {
            Remove(entry!);
        }

        var fresh = new BacklogEntry(job, _sweep, known ? entry!.ListedAt : now);
        _waiting.Add(job.Id, fresh);
        _ordered.Add(fresh);
        return !known;
    }

    private void Remove(BacklogEntry entry)
    {
        _waiting.Remove(entry.Job.Id);
        _ordered.Remove(entry);
    }
}
