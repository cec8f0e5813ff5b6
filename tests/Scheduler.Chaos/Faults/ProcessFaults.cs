using System.Diagnostics;
using Scheduler.Chaos.World;

namespace Scheduler.Chaos.Faults;

/// <summary>What befalls scheduler processes themselves.</summary>
internal static class ProcessFaults
{
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromSeconds(60);

    public static IEnumerable<Fault> All =>
    [
        new("kill the limiter's node", FaultKind.Kill, async (world, dice, ct) => await KillAsync(world, dice, [await dice.LimiterAsync(world, ct)], ct)),
        new("kill a node", FaultKind.Kill, (world, dice, ct) => KillAsync(world, dice, [dice.Node(world)], ct)),
        new("kill two nodes, the limiter's among them", FaultKind.Kill, async (world, dice, ct) =>
        {
            var limiter = await dice.LimiterAsync(world, ct);
            await KillAsync(world, dice, [limiter, (limiter + 1 + dice.Next(2)) % world.Nodes.Count], ct);
        }),
        new("kill all nodes", FaultKind.Kill, (world, dice, ct) => KillAsync(world, dice, [.. Enumerable.Range(0, world.Nodes.Count)], ct)),
        new("freeze the limiter's node for longer than its lease", FaultKind.Stall, async (world, dice, ct) =>
            await FreezeAsync(world, await dice.LimiterAsync(world, ct), dice.Seconds(10, 25), ct)),
        new("freeze a node for a moment", FaultKind.Stall, (world, dice, ct) => FreezeAsync(world, dice.Node(world), dice.Seconds(1, 6), ct)),
        new("freeze the limiter's node and kill another", FaultKind.Stall, async (world, dice, ct) =>
        {
            var limiter = await dice.LimiterAsync(world, ct);
            var killing = KillAsync(world, dice, [(limiter + 1) % world.Nodes.Count], ct);
            await FreezeAsync(world, limiter, dice.Seconds(5, 15), ct);
            await killing;
        }),
        new("restart all nodes one after the other", FaultKind.Restart, (world, _, ct) => RollAsync(world, ct)),
    ];

    private static async Task KillAsync(ChaosWorld world, Random dice, int[] nodes, CancellationToken cancellationToken)
    {
        var absences = Array.ConvertAll(nodes, _ => dice.Absence());
        foreach (var (node, absence) in nodes.Zip(absences))
        {
            world.Log.Write($"  SIGKILL {world.Nodes[node].Name}, back after {absence.TotalSeconds} s");
        }

        await Task.WhenAll(nodes.Zip(absences, (node, absence) => world.Nodes[node].KillAsync(absence, cancellationToken)));
        await Task.Delay(absences.Max(), cancellationToken);
    }

    private static async Task FreezeAsync(ChaosWorld world, int node, TimeSpan time, CancellationToken cancellationToken)
    {
        world.Log.Write($"  SIGSTOP {world.Nodes[node].Name} for {time.TotalSeconds} s");
        await world.Nodes[node].FreezeAsync(cancellationToken);
        await Task.Delay(time, cancellationToken);
        await world.Nodes[node].ThawAsync(cancellationToken);
    }

    /// <summary>As a StatefulSet does: the next one goes as soon as the one before says that it is ready.</summary>
    private static async Task RollAsync(ChaosWorld world, CancellationToken cancellationToken)
    {
        foreach (var node in world.Nodes.Reverse())
        {
            var clock = Stopwatch.StartNew();
            var code = await node.StopAsync(cancellationToken).WaitAsync(GoodbyePatience, cancellationToken);
            var end = clock.Elapsed;
            if (code != 0)
            {
                throw new InvalidOperationException($"{node.Name} answered SIGTERM with exit code {code}");
            }

            if (await Patience.UntilAsync(() => node.IsReadyAsync(cancellationToken), ReadyPatience, cancellationToken) is not { } ready)
            {
                throw new InvalidOperationException($"{node.Name} was not ready {ReadyPatience.TotalSeconds} s after its end");
            }

            world.Log.Write($"  SIGTERM {node.Name}, which ended after {end.TotalSeconds:F1} s and was ready again {ready.TotalSeconds:F1} s later");
        }
    }
}
