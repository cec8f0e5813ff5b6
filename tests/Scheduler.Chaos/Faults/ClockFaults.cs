using Scheduler.Chaos.World;

namespace Scheduler.Chaos.Faults;

/// <summary>Somebody sets a machine's wall clock, or its time service does. Only where that can be played.</summary>
internal static class ClockFaults
{
    public static IEnumerable<Fault> All =>
    [
        new("set the clock of the limiter's node forward", FaultKind.Clock, async (world, dice, ct) =>
            await StepAsync(world, await dice.LimiterAsync(world, ct), dice.Seconds(2, 60), dice, ct)),
        new("set the clock of the limiter's node back", FaultKind.Clock, async (world, dice, ct) =>
            await StepAsync(world, await dice.LimiterAsync(world, ct), -dice.Seconds(2, 60), dice, ct)),
        new("set the clock of a node forward", FaultKind.Clock, (world, dice, ct) =>
            StepAsync(world, dice.Node(world), dice.Seconds(2, 60), dice, ct)),
    ];

    private static async Task StepAsync(ChaosWorld world, int node, TimeSpan offset, Random dice, CancellationToken cancellationToken)
    {
        var time = dice.Seconds(5, 15);
        world.Log.Write($"  the wall clock of {world.Nodes[node].Name} is {offset.TotalSeconds:+0;-0} s off for {time.TotalSeconds} s");
        world.Nodes[node].Clock.SetOffset(offset);
        await Task.Delay(time, cancellationToken);
        world.Nodes[node].Clock.SetOffset(TimeSpan.Zero);
    }
}
