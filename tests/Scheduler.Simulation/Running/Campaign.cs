using System.Diagnostics;
using Scheduler.Simulation.Adversary;
using Scheduler.Simulation.Rules;

namespace Scheduler.Simulation.Running;

/// <summary>Runs many seeds on all cores until one fails.</summary>
internal static class Campaign
{
    private const int Block = 256;

    /// <param name="first">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="rules">The rules to run with; stateless.</param>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <param name="with">Faults that happen in every run.</param>
    /// <returns>The failure with the lowest seed of those met; null when all promises were kept. And how many things happened.</returns>
    public static (Outcome? Failed, long Steps) Run(long first, long count, SafetyRules rules, Action<string>? progress = null, Fault with = Fault.None)
    {
        var (next, steps, reported) = (first, 0L, 0L);
        Outcome? failed = null;
        var clock = Stopwatch.StartNew();
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            while (Volatile.Read(ref failed) is null)
            {
                var from = Interlocked.Add(ref next, Block) - Block;
                for (var seed = from; seed < Math.Min(from + Block, first + count); seed++)
                {
                    var outcome = Simulator.Run(new Plan(seed) { With = with }, rules);
                    Interlocked.Add(ref steps, outcome.Steps);
                    if (outcome.Broken is not null)
                    {
                        KeepLowest(ref failed, outcome);
                        break;
                    }
                }

                if (from + Block >= first + count)
                {
                    return;
                }

                var seconds = (long)clock.Elapsed.TotalSeconds;
                if (progress is not null && Interlocked.Exchange(ref reported, seconds / 5) != seconds / 5)
                {
                    var done = from + Block - first;
                    progress($"{done:N0} of {count:N0} seeds, {done / clock.Elapsed.TotalSeconds:N0} a second, nothing broken");
                }
            }
        });
        return (failed, steps);
    }

    private static void KeepLowest(ref Outcome? failed, Outcome outcome)
    {
        Outcome? known;
        do
        {
            known = Volatile.Read(ref failed);
            if (known is not null && known.Plan.Seed <= outcome.Plan.Seed)
            {
                return;
            }
        }
        while (Interlocked.CompareExchange(ref failed, outcome, known) != known);
    }
}
