using Scheduler.Chaos.World;

namespace Scheduler.Chaos.Faults;

/// <summary>Choices that faults make.</summary>
internal static class Dice
{
    public static TimeSpan Seconds(this Random dice, int least, int most) => TimeSpan.FromSeconds(dice.Next(least, most + 1));

    public static int Node(this Random dice, ChaosWorld world) => dice.Next(world.Nodes.Count);

    public static int ApiServer(this Random dice, ChaosWorld world) => dice.Next(world.Plane.Endpoints.Length);

    /// <summary>The node with the limiter; any, if no node has it.</summary>
    public static async Task<int> LimiterAsync(this Random dice, ChaosWorld world, CancellationToken cancellationToken)
    {
        var any = dice.Node(world);
        return await world.LimiterAsync(cancellationToken) ?? any;
    }

    /// <summary>How long a killed process stays away: its container starts again at once, or its machine has gone with it.</summary>
    public static TimeSpan Absence(this Random dice) => dice.Next(3) == 0 ? dice.Seconds(10, 20) : TimeSpan.FromSeconds(1);
}
