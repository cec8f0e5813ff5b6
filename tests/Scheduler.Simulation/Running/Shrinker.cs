using Scheduler.Simulation.Adversary;
using Scheduler.Simulation.Rules;

namespace Scheduler.Simulation.Running;

/// <summary>Makes a failing run short: leaves out kinds of faults, time, jobs and single faults as long as a promise is still broken.</summary>
internal static class Shrinker
{
    private const int MostRuns = 4_000;

    /// <summary>A plan that breaks the same promise, usually with few faults. The same one when it cannot be shrunk.</summary>
    public static Plan Shrink(Outcome failed, SafetyRules rules)
    {
        var promise = PromiseOf(failed.Broken!);
        var (best, runs) = (failed.Plan, 0);
        bool Try(Plan plan)
        {
            if (runs++ >= MostRuns || Simulator.Run(plan, rules).Broken is not { } broken || PromiseOf(broken) != promise)
            {
                return false;
            }

            best = plan;
            return true;
        }

        foreach (var fault in Enum.GetValues<Fault>())
        {
            Try(best with { Without = best.Without | fault });
        }

        while (best.FewerJobs < 8 && Try(best with { FewerJobs = best.FewerJobs + 1 }))
        {
        }

        for (var end = 30_000L; end > 1_000 && Try(best with { StopsAt = end }); end -= 2_000)
        {
        }

        for (var progress = true; progress && runs < MostRuns;)
        {
            progress = false;
            foreach (var hit in Simulator.Run(best, rules).Hits.Reverse())
            {
                progress |= Try(best with { Spared = best.Spared.Add(hit) });
            }
        }

        return best;
    }

    private static string PromiseOf(string broken) => broken.Split(':')[0][..Math.Min(9, broken.Split(':')[0].Length)];
}
