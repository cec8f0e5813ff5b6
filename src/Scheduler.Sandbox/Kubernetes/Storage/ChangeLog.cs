namespace Scheduler.Sandbox.Kubernetes.Storage;

/// <summary>
/// The recent changes of one kind, oldest first. One writer (the store, in its write path), any number of readers.
/// </summary>
/// <param name="capacity">How many changes are kept for watches that start late.</param>
/// <param name="revision">Where the log begins.</param>
internal sealed class ChangeLog(int capacity, long revision)
{
    private int _count;

    // The newest change that is no longer in the log: one atomic read tells both where the window starts and what precedes it.
    private volatile LogEntry _forgotten = new(revision, null);
    private volatile LogEntry? _newest;

    public LogEntry Newest => _newest ?? _forgotten;

    public void Append(Change change)
    {
        var entry = new LogEntry(change.Revision, change);
        Newest.Link(entry);
        _newest = entry;
        if (++_count > capacity)
        {
            _forgotten = _forgotten.Next!;
            _count--;
        }
    }

    /// <summary>Forgets every change up to now, as if the capacity had been used up since.</summary>
    public void Compact()
    {
        _forgotten = Newest;
        _count = 0;
    }

    /// <summary>The entry after which to read on to see all changes newer than a revision; null when some are forgotten.</summary>
    public LogEntry? After(long revision)
    {
        var entry = _forgotten;
        if (entry.Revision > revision)
        {
            return null;
        }

        while (entry.Next is { } next && next.Revision <= revision)
        {
            entry = next;
        }

        return entry;
    }

    /// <summary>What was stored at exactly this revision, as far as this kind is concerned; null when that is forgotten.</summary>
    public StoreSnapshot? SnapshotAt(long revision) => After(revision)?.Change?.Snapshot;
}
