using Scheduler.Sandbox.Buildkite.Model;

namespace Scheduler.Sandbox.Buildkite;

/// <summary>
/// Holds the server's state. Readers take the current value and never wait; writers go one at a time. Whoever comes first after a
/// deadline carries it out, so the state is right at every look without a timer, under a fake clock too.
/// </summary>
internal sealed class BuildkiteStore(BuildkiteState initial, TimeProvider time, TimeSpan memory) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Timeline _timeline = new(initial, time.GetUtcNow(), []);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The state now.</summary>
    public BuildkiteState Current => Swept(Now).Current;

    /// <summary>The state as it was <paramref name="lag"/> ago.</summary>
    public BuildkiteState Lagging(TimeSpan lag)
    {
        var now = Now;
        return Swept(now).AsOf(now - lag);
    }

    /// <summary>Runs one step alone and answers its result. The step may run again if a deadline was carried out meanwhile.</summary>
    public async ValueTask<T> ChangeAsync<T>(
        Func<BuildkiteState, DateTimeOffset, (BuildkiteState State, T Result)> step, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            while (true)
            {
                var now = Now;
                var before = Swept(now);
                var (next, result) = step(before.Current, now);
                if (ReferenceEquals(next, before.Current) || TryReplace(before, before.Then(next, now, memory)))
                {
                    return result;
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask ChangeAsync(Func<BuildkiteState, DateTimeOffset, BuildkiteState> step, CancellationToken ct) =>
        await ChangeAsync((state, now) => (step(state, now), true), ct);

    public void Dispose() => _turn.Dispose();

    private Timeline Swept(DateTimeOffset now)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _timeline);
            if (!seen.Current.IsDue(now))
            {
                return seen;
            }

            var swept = seen.Then(seen.Current.Sweep(now), now, memory);
            if (TryReplace(seen, swept))
            {
                return swept;
            }
        }
    }

    private bool TryReplace(Timeline expected, Timeline next) =>
        ReferenceEquals(Interlocked.CompareExchange(ref _timeline, next, expected), expected);
}
