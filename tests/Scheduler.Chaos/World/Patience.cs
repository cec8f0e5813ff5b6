using System.Diagnostics;

namespace Scheduler.Chaos.World;

/// <summary>Waits for what must come true.</summary>
internal static class Patience
{
    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, TimeSpan, CancellationToken)"/>
    public static Task<TimeSpan?> UntilAsync(Func<bool> condition, TimeSpan patience, CancellationToken cancellationToken) =>
        UntilAsync(() => Task.FromResult(condition()), patience, cancellationToken);

    /// <returns>How long it took; null if it did not come true in time.</returns>
    public static async Task<TimeSpan?> UntilAsync(Func<Task<bool>> condition, TimeSpan patience, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            if (clock.Elapsed > patience)
            {
                return null;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        return clock.Elapsed;
    }
}
