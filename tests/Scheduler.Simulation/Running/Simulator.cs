using Scheduler.Simulation.Adversary;
using Scheduler.Simulation.Model;
using Scheduler.Simulation.Rules;

namespace Scheduler.Simulation.Running;

/// <summary>Runs one plan.</summary>
internal static class Simulator
{
    public static Outcome Run(Plan plan, SafetyRules rules, bool traced = false)
    {
        var world = new World(plan, rules, traced);
        string? broken;
        try
        {
            broken = world.Run();
        }
        catch (Exception error)
        {
            broken = $"fault of the program: {error}";
        }

        return new Outcome(plan, broken, world.Steps, world.Dice.Hits, world.Trace);
    }
}
