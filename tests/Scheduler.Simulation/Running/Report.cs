using Scheduler.Simulation.Adversary;
using Scheduler.Simulation.Rules;

namespace Scheduler.Simulation.Running;

/// <summary>A failure as people read it.</summary>
internal static class Report
{
    private const int LongestTrace = 400;

    /// <summary>Shrinks the failure and tells what happened in the short run.</summary>
    public static string Of(Outcome failed, SafetyRules rules)
    {
        var shrunk = Simulator.Run(Shrinker.Shrink(failed, rules), rules, traced: true);
        var trace = shrunk.Trace.Count > LongestTrace
            ? shrunk.Trace.Take(20).Append("...").Concat(shrunk.Trace.Skip(shrunk.Trace.Count - LongestTrace))
            : shrunk.Trace;
        return $"""
            seed {failed.Plan.Seed}: {failed.Broken}
            Replay it whole with SCHEDULER_SIM_SEED={failed.Plan.Seed}. Shrunk from {failed.Hits.Count} faults to {shrunk.Hits.Count} ({Kinds(shrunk.Plan)}):
            {string.Join('\n', trace)}
            """;
    }

    private static Fault Kinds(Plan plan) => plan.Faults();
}
