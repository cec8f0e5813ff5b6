using Scheduler.Chaos.World;

namespace Scheduler.Chaos.Faults;

/// <summary>What befalls the network. Only where it can be cut.</summary>
internal static class NetworkFaults
{
    public static IEnumerable<Fault> All =>
    [
        new("cut the limiter's node from its peers", FaultKind.Partition, async (world, dice, ct) =>
            await CutAsync(world, dice, await dice.LimiterAsync(world, ct), isFromHostToo: false, ct)),
        new("cut a node from its peers", FaultKind.Partition, (world, dice, ct) =>
            CutAsync(world, dice, dice.Node(world), isFromHostToo: false, ct)),
        new("cut the limiter's node from everything", FaultKind.Partition, async (world, dice, ct) =>
            await CutAsync(world, dice, await dice.LimiterAsync(world, ct), isFromHostToo: true, ct)),
        new("cut a node from everything", FaultKind.Partition, (world, dice, ct) =>
            CutAsync(world, dice, dice.Node(world), isFromHostToo: true, ct)),
        new("cut the limiter's node from the servers", FaultKind.Partition, async (world, dice, ct) =>
        {
            var limiter = await dice.LimiterAsync(world, ct);
            await CutAsync(world, $"{world.Nodes[limiter].Name} from the servers", dice.Seconds(5, 15), ct, world.Network.CutFromHostAsync(limiter, ct));
        }),
        new("cut one link between two nodes", FaultKind.Partition, async (world, dice, ct) =>
        {
            var limiter = await dice.LimiterAsync(world, ct);
            var other = (limiter + 1 + dice.Next(2)) % world.Nodes.Count;
            await CutAsync(
                world, $"{world.Nodes[limiter].Name} and {world.Nodes[other].Name} apart", dice.Seconds(8, 20), ct, world.Network.CutLinkAsync(limiter, other, ct));
        }),
    ];

    /// <summary>Only where single packets can be lost.</summary>
    public static IEnumerable<Fault> Losses =>
    [
        new("the limiter's node loses packets", FaultKind.Slowness, async (world, dice, ct) =>
            await LoseAsync(world, dice, [await dice.LimiterAsync(world, ct)], ct)),
        new("all nodes lose packets", FaultKind.Slowness, (world, dice, ct) =>
            LoseAsync(world, dice, [.. Enumerable.Range(0, world.Nodes.Count)], ct)),
    ];

    private static async Task LoseAsync(ChaosWorld world, Random dice, int[] nodes, CancellationToken cancellationToken)
    {
        var (percent, time) = (dice.Next(5, 25), dice.Seconds(10, 25));
        world.Log.Write($"  {percent} % of what arrives at {string.Join(", ", nodes.Select(node => world.Nodes[node].Name))} is lost for {time.TotalSeconds} s");
        foreach (var node in nodes)
        {
            await world.Network.LosePacketsAsync(node, percent, cancellationToken);
        }

        await Task.Delay(time, cancellationToken);
        await world.Network.HealAsync(cancellationToken);
    }

    private static async Task CutAsync(ChaosWorld world, Random dice, int node, bool isFromHostToo, CancellationToken cancellationToken) => await CutAsync(
        world,
        $"{world.Nodes[node].Name} from {(isFromHostToo ? "everything" : "its peers")}",
        dice.Seconds(8, 25),
        cancellationToken,
        world.Network.CutFromPeersAsync(node, cancellationToken),
        isFromHostToo ? world.Network.CutFromHostAsync(node, cancellationToken) : Task.CompletedTask);

    private static async Task CutAsync(ChaosWorld world, string what, TimeSpan time, CancellationToken cancellationToken, params Task[] cuts)
    {
        world.Log.Write($"  cut {what} for {time.TotalSeconds} s");
        await Task.WhenAll(cuts);
        await Task.Delay(time, cancellationToken);
        await world.Network.HealAsync(cancellationToken);
    }
}
