using System.Diagnostics;
using Scheduler.Sandbox.Kubernetes.Observation;

namespace Scheduler.Benchmarks;

/// <summary>The longest time without a new Job after an accident.</summary>
internal static class CreationGap
{
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(5);

    /// <summary>It is over when Jobs have come steadily for so long.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(3);

    /// <param name="observer">Counts the Jobs.</param>
    /// <param name="accident">What happens; the clock starts with it.</param>
    /// <param name="atLeast">So long it is watched: some accidents show late.</param>
    /// <param name="patience">So long at most.</param>
    /// <exception cref="TimeoutException">No steady stream of Jobs came back.</exception>
    public static async Task<TimeSpan> MeasureAsync(JobObserver observer, Func<Task> accident, TimeSpan atLeast, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        var happening = accident();
        var (count, lastAt, longest, longestEnd) = (observer.Current.Created, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        using var timer = new PeriodicTimer(Sample);
        while (clock.Elapsed < atLeast || clock.Elapsed - longestEnd < Steady || clock.Elapsed - lastAt > TimeSpan.FromSeconds(1))
        {
            await timer.WaitForNextTickAsync();
            if (clock.Elapsed > patience)
            {
                throw new TimeoutException($"no Job for {(clock.Elapsed - lastAt).TotalSeconds:F0} s");
            }

            if (observer.Current.Created is var now && now != count)
            {
                count = now;
                if (clock.Elapsed - lastAt > longest)
                {
                    (longest, longestEnd) = (clock.Elapsed - lastAt, clock.Elapsed);
                }

                lastAt = clock.Elapsed;
            }
        }

        await happening;
        return longest;
    }
}
