using System.Collections.Immutable;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>The calls admitted within the last second, oldest first.</summary>
internal sealed record SlidingWindow(ImmutableQueue<DateTimeOffset> Admitted, int Count)
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    public static SlidingWindow Empty { get; } = new([], 0);

    /// <summary>Forgets what is a second old and admits one more call if there is room.</summary>
    public (SlidingWindow Window, bool Admitted) Add(DateTimeOffset now, int limit)
    {
        var (calls, count) = (Admitted, Count);
        while (!calls.IsEmpty && calls.Peek() <= now - Length)
        {
            calls = calls.Dequeue();
            count--;
        }

        return count < limit
            ? (new SlidingWindow(calls.Enqueue(now), count + 1), true)
            : (new SlidingWindow(calls, count), false);
    }
}
