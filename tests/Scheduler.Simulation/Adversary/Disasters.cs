using Scheduler.Simulation.Model;

namespace Scheduler.Simulation.Adversary;

/// <summary>Faults that befall a node or a service at one moment, scattered over the run.</summary>
internal sealed class Disasters(World world)
{
    public void Arrange()
    {
        Scatter(Fault.Crash, 3, () => world.Cluster.Crash(AnyNode()));
        Scatter(Fault.Pause, 3, () => StandStill(AnyNode(), suspended: false));
        Scatter(Fault.Suspend, 3, () => StandStill(AnyNode(), suspended: true));
        Scatter(Fault.Partition, 2, () => Isolate(AnyNode()));
        Scatter(Fault.ApiCut, 2, () => CutFromApi(world, AnyNode(), world.Dice.Number(200, 15_000)));
        Scatter(Fault.LimitChange, 3, ChangeLimit);
        Scatter(Fault.HandOver, 3, world.Cluster.HandOver);
        Scatter(Fault.Rivals, 2, () => world.Cluster.StartRival(world.Dice.Number(0, World.Nodes - 1)));
        Scatter(Fault.Delete, 4, DeleteAJob);
        Scatter(Fault.WatchBreak, 4, () => world.Node[world.Cluster.Leader].Watcher?.Break());
        Scatter(Fault.ClockStep, 2, () => SetClock(AnyNode()));
        Scatter(Fault.Cancel, 2, () => world.Buildkite.Cancel(world.Dice.Number(0, 63)));
    }

    private void Scatter(Fault fault, int most, Action strike)
    {
        for (var i = 0; i < most; i++)
        {
            var at = world.Dice.Number(500, (int)world.Size.StormEnds);
            if ((world.Faults & fault) != 0 && world.Dice.Hit(600))
            {
                world.After(at, strike);
            }
        }
    }

    /// <summary>Half of the time the one with the singletons.</summary>
    private Node AnyNode() =>
        world.Node[world.Dice.Number(0, 1) == 0 ? world.Cluster.Leader : world.Dice.Number(0, World.Nodes - 1)];

    /// <summary>
    /// A list is answered so late that its reader may have lost the lease and got it again, while somebody else had it: the
    /// reader is cut off and its watch falls silent, a rival starts, and the rival is cut off in turn. Returns when the answer comes, in milliseconds.
    /// </summary>
    public static int LateList(World world, Node reader)
    {
        CutFromApi(world, reader, world.Dice.Number(9_500, 13_000));
        reader.Watcher?.Stall(world.Now + world.Dice.Number(20_000, 30_000));
        if (world.Has(Fault.Rivals))
        {
            var rival = world.Node[(reader.Index + 1) % World.Nodes];
            world.After(world.Dice.Number(10, 1_500), () => world.Cluster.StartRival(rival.Index));
            world.After(world.Dice.Number(10_000, 15_000), () => CutFromApi(world, rival, 10_000));
        }

        return world.Dice.Number(18_000, 29_000);
    }

    private static void CutFromApi(World world, Node node, int milliseconds)
    {
        node.ApiCutUntil = Math.Min(world.Now + milliseconds, world.Size.StormEnds);
        world.Note($"{node} is cut off from Kubernetes until {node.ApiCutUntil / 1000.0:0.000}");
    }

    private static long Until(World world, int most) => Math.Min(world.Now + world.Dice.Number(200, most), world.Size.StormEnds);

    private void StandStill(Node node, bool suspended) => StandStill(world, node, suspended);

    /// <summary>To be called at moments when standing still hurts most.</summary>
    public static void StandStillPerhaps(World world, Node node)
    {
        if (world.Strikes(Fault.Pause, 50))
        {
            StandStill(world, node, suspended: false);
        }

        if (world.Strikes(Fault.Suspend, 50))
        {
            StandStill(world, node, suspended: true);
        }
    }

    /// <summary>A process stops for a while, or its whole machine.</summary>
    public static void StandStill(World world, Node node, bool suspended)
    {
        var until = Until(world, 25_000);
        world.Note($"{node} {(suspended ? "is suspended" : "stands still")} until {until / 1000.0:0.000}");
        if (suspended)
        {
            node.Suspend(until);
        }
        else
        {
            node.Pause(until);
        }
    }

    private void Isolate(Node node)
    {
        node.IsolatedUntil = Until(world, 20_000);
        world.Note($"{node} is cut off from the other nodes until {node.IsolatedUntil / 1000.0:0.000}");
    }

    private void ChangeLimit()
    {
        world.Limit = world.Dice.Number(1, 4);
        world.Note($"the limit is set to {world.Limit}");
        foreach (var node in world.Node)
        {
            world.After(world.Dice.Number(0, 3_000), node, () => node.Limiter?.ChangeLimit(world.Limit));
        }
    }

    private void DeleteAJob()
    {
        if (world.Kubernetes.AnyUnfinished(world.Dice.Number(0, 63)) is { } job)
        {
            world.Note($"somebody deletes the Job of j{job}");
            world.Kubernetes.Delete(job);
        }
    }

    private void SetClock(Node node)
    {
        // A machine that was suspended and whose wall clock was set back meanwhile has no way to notice; the README names it.
        var by = world.Dice.Number((world.Faults & Fault.Suspend) != 0 ? 0 : -60_000, 60_000);
        world.Note($"the wall clock of {node} is set by {by} ms");
        node.SetWallClock(by);
    }
}
