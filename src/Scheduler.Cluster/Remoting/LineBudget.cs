namespace Scheduler.Cluster.Remoting;

/// <summary>How many lines of one kind may be logged within a minute. Safe to use from any thread.</summary>
/// <param name="lines">At most so many a minute.</param>
/// <param name="time">Measures the minute.</param>
internal sealed class LineBudget(int lines, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly long _length = (long)(Window.TotalSeconds * time.TimestampFrequency);
    private long _begun = time.GetTimestamp();
    private long _used;
    private long _suppressed;

    /// <summary>Whether one more line may be logged now.</summary>
    /// <param name="suppressed">How many were not, since the last one that was; 0 if this one may not either.</param>
    public bool TryTake(out long suppressed)
    {
        var now = time.GetTimestamp();
        var begun = Interlocked.Read(ref _begun);
        if (now - begun >= _length && Interlocked.CompareExchange(ref _begun, now, begun) == begun)
        {
            Interlocked.Exchange(ref _used, 0);
        }

        if (Interlocked.Increment(ref _used) > lines)
        {
            Interlocked.Increment(ref _suppressed);
            suppressed = 0;
            return false;
        }

        suppressed = Interlocked.Exchange(ref _suppressed, 0);
        return true;
    }
}
