namespace Scheduler.Buildkite.Pacing;

/// <summary>
/// Closed while the service's window of one rate-limit scope is used up; calls wait here until it opens. Closing twice keeps
/// the later opening.
/// </summary>
internal sealed class ScopeGate(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    // Ticks since the start; the gate is open from then on.
    private long _opensAt;

    public bool IsOpen => UntilOpen <= TimeSpan.Zero;

    private TimeSpan UntilOpen => TimeSpan.FromTicks(Volatile.Read(ref _opensAt)) - time.GetElapsedTime(_start);

    public void CloseFor(TimeSpan duration)
    {
        var opensAt = (time.GetElapsedTime(_start) + duration).Ticks;
        var known = Volatile.Read(ref _opensAt);
        while (known < opensAt)
        {
            var seen = Interlocked.CompareExchange(ref _opensAt, opensAt, known);
            if (seen == known)
            {
                return;
            }

            known = seen;
        }
    }

    public async ValueTask PassAsync(CancellationToken cancellationToken)
    {
        while (UntilOpen is var wait && wait > TimeSpan.Zero)
        {
            // Timers count whole milliseconds; rounding down would end in a busy wait.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken);
        }
    }
}
