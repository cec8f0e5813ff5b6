namespace Scheduler.Management.Events;

/// <summary>Room for so many streams at a time. Safe to use from any thread.</summary>
internal sealed class StreamCap(int most)
{
    private int _open;

    public int Most => most;

    /// <summary>False when there is no room; else <see cref="Leave"/> is to follow.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= most)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _open);
}
