namespace Scheduler.Sandbox.Kubernetes.Faults;

/// <summary>A rule in force. Disposing it takes it out of force.</summary>
public sealed class ActiveFault : IDisposable
{
    private readonly Action<ActiveFault> _remove;
    private int _hits;

    internal ActiveFault(FaultRule rule, Action<ActiveFault> remove)
    {
        Rule = rule;
        _remove = remove;
    }

    /// <summary>The rule.</summary>
    public FaultRule Rule { get; }

    /// <summary>How many requests it has befallen.</summary>
    public int Hits => Math.Min(Volatile.Read(ref _hits), Rule.Times);

    public void Dispose() => _remove(this);

    /// <summary>Counts a request; false when the rule was used up before.</summary>
    internal bool TryUse()
    {
        var hits = Interlocked.Increment(ref _hits);
        if (hits >= Rule.Times)
        {
            _remove(this);
        }

        return hits <= Rule.Times;
    }
}
