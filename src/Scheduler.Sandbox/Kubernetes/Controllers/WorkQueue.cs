namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>Keys to be looked at, now or later; a key that is already waiting is not added twice. For one thread.</summary>
internal sealed class WorkQueue<TKey>
    where TKey : notnull
{
    private readonly Queue<TKey> _ready = new();
    private readonly HashSet<TKey> _waiting = [];
    private readonly PriorityQueue<TKey, DateTimeOffset> _later = new();

    /// <summary>When the first of the later keys is due.</summary>
    public DateTimeOffset? NextDue => _later.TryPeek(out _, out var due) ? due : null;

    public bool IsEmpty => _ready.Count == 0;

    public void Add(TKey key)
    {
        if (_waiting.Add(key))
        {
            _ready.Enqueue(key);
        }
    }

    public void AddAt(TKey key, DateTimeOffset due) => _later.Enqueue(key, due);

    /// <summary>Makes ready what is due.</summary>
    public void Advance(DateTimeOffset now)
    {
        while (_later.TryPeek(out var key, out var due) && due <= now)
        {
            _later.Dequeue();
            Add(key);
        }
    }

    public TKey Take()
    {
        var key = _ready.Dequeue();
        _waiting.Remove(key);
        return key;
    }
}
