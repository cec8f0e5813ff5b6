using Scheduler.Simulation.Model;

namespace Scheduler.Simulation.Adversary;

/// <summary>Faults that befall a node or a service at one moment, scattered over the run.</summary>
internal sealed class Disasters(World world)
{
    public void Arrange()
    {
        Scatter(Fault.Crash, 3, () => world.Cluster.Crash(AnyNode()));
        Scatter(Fault.Pause, 3, () => StandStill(AnyNode(), Standstill.NoClock));
        Scatter(Fault.Suspend, 3, () => StandStill(AnyNode(), Standstill.MonotonicClock));
        Scatter(Fault.ClockStop, 3, () => StandStill(AnyNode(), Standstill.BothClocks));
        Scatter(Fault.StoreStandstill, 3, () => world.Kubernetes.StandStill(Until(world, 15_000)));
        Scatter(Fault.LeaseEdit, 3, () => world.Lease.Edit(world.Dice.Number(0, 1) * world.Dice.Number(1, 5)));
        Scatter(Fault.Restore, 1, Restore);
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
        reader.Watcher?.Stall(world.Now + world.Dice.Number(22_000, 32_000));
        if (world.Has(Fault.Rivals))
        {
            var rival = world.Node[(reader.Index + 1) % World.Nodes];
            world.After(world.Dice.Number(10, 1_500), () => world.Cluster.StartRival(rival.Index));
            world.After(world.Dice.Number(11_000, 16_000), () => CutFromApi(world, rival, 10_000));
        }

        return world.Dice.Number(20_000, 31_000);
    }

    private static void CutFromApi(World world, Node node, int milliseconds)
    {
        node.ApiCutUntil = Math.Max(node.ApiCutUntil, Math.Min(world.Now + milliseconds, world.Size.StormEnds));
        world.Note($"{node} is cut off from Kubernetes until {node.ApiCutUntil / 1000.0:0.000}");
    }

    private static long Until(World world, int most) => Math.Min(world.Now + world.Dice.Number(200, most), world.Size.StormEnds);

    private void StandStill(Node node, Standstill kind) => StandStill(world, node, kind);

    /// <summary>To be called at moments when standing still hurts most.</summary>
    public static void StandStillPerhaps(World world, Node node)
    {
        if (world.Strikes(Fault.Pause, 50))
        {
            StandStill(world, node, Standstill.NoClock);
        }

        if (world.Strikes(Fault.Suspend, 50))
        {
            StandStill(world, node, Standstill.MonotonicClock);
        }

        if (world.Strikes(Fault.ClockStop, 60))
        {
            StandStill(world, node, Standstill.BothClocks);
        }
    }

    /// <summary>To be called when a create is sent.</summary>
    public static void StoreStandsStillPerhaps(World world)
    {
        if (world.Strikes(Fault.StoreStandstill, 30))
        {
            world.Kubernetes.StandStill(Until(world, 15_000));
        }
    }

    /// <summary>A process stops for a while, or its whole machine.</summary>
    public static void StandStill(World world, Node node, Standstill kind)
    {
        var until = Until(world, 30_000);
        world.Note($"{node} stands still until {until / 1000.0:0.000}; what stands still of its clocks: {kind}");
        node.StandStill(until, kind);
    }

    private void Isolate(Node node)
    {
        node.IsolatedUntil = Until(world, 20_000);
        world.Note($"{node} is cut off from the other nodes until {node.IsolatedUntil / 1000.0:0.000}");
    }

    private void ChangeLimit()
    {
        world.Limit = world.Dice.Number(1, Math.Max(4, world.Size.Limit));
        world.Note($"the limit is set to {world.Limit}");
        foreach (var node in world.Node)
        {
            world.After(world.Dice.Number(0, 3_000), node, () => node.Limiter?.ChangeLimit(world.Limit));
        }
    }

    /// <summary>
    /// The API server is away for half a minute and comes back with what it knew some time before that. Watches go on from where
    /// they were, which is a revision of the future, until their reader asks where the server is.
    /// </summary>
    private void Restore()
    {
        var away = world.Dice.Number(26_000, 35_000);
        world.Note($"the API server is away for {away} ms");
        foreach (var node in world.Node)
        {
            node.ApiCutUntil = Math.Max(node.ApiCutUntil, world.Now + away);
        }

        var age = world.Dice.Number(5_000, 40_000);
        world.After(away - 1, () => world.Kubernetes.Restore(world.Now - away - age));
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
