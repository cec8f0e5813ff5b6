using Scheduler.Simulation.Parts;

namespace Scheduler.Simulation.Model;

/// <summary>
/// Where the singletons are. As far from ideal as a real cluster can be: a node that was given up may come back beside its
/// successor for a while, nodes learn late where the singletons went, and a node that was cut off may start its own.
/// </summary>
internal sealed class Cluster(World world)
{
    private bool _isHandingOver;
    private long _patience = 3_000;

    public int Leader { get; private set; }

    public void Begin()
    {
        foreach (var node in world.Node)
        {
            node.Boot(leader: 0);
        }

        StartSingletons(world.Node[0]);
        world.After(500, Watch);
    }

    /// <summary>The adversary has stopped: whoever was given up restarts, the rest goes on.</summary>
    public void CalmDown() => world.Note("the adversary stops");

    public void Crash(Node node)
    {
        if (!node.IsAlive)
        {
            return;
        }

        world.Note($"{node} crashes");
        node.Crash();
        _isHandingOver &= node.Index != Leader;
        world.After(world.Dice.Number(200, 9_000), () => Restart(node));
    }

    public void HandOver()
    {
        var old = world.Node[Leader];
        if (_isHandingOver || !old.IsAlive || old.Limiter is not { } limiter)
        {
            return;
        }

        world.Note($"{old} is to hand over");
        _isHandingOver = true;
        var (fetcher, watcher) = (old.Fetcher, old.Watcher);
        world.After(world.Dice.Number(0, 300), old, () =>
        {
            fetcher?.Stop();
            old.Fetcher = old.Fetcher == fetcher ? null : old.Fetcher;
            old.Watcher = old.Watcher == watcher ? null : old.Watcher;
        });
        world.After(0, old, () => limiter.HandOver(() =>
        {
            old.Limiter = null;
            if (_isHandingOver && Leader == old.Index)
            {
                _isHandingOver = false;
                MoveFrom(old);
            }
        }));
    }

    /// <summary>As in a cluster that has split in two: one more set of singletons, until its node restarts.</summary>
    public void StartRival(int index)
    {
        var rival = world.Node[index];
        if (rival.IsAlive && !rival.IsPaused && index != Leader && rival.Limiter is null)
        {
            StartSingletons(rival);
            foreach (var third in world.Node)
            {
                third.Leader = third != rival && third.Index != Leader ? index : third.Leader;
            }

            world.After(world.Dice.Number(5_000, 40_000), rival, () => Leave(rival));
        }
    }

    private void StartSingletons(Node node)
    {
        world.Note($"{node} starts limiter, fetcher and watcher");
        node.Leader = node.Index;
        node.Fetcher?.Stop();
        node.Limiter?.Kill();
        node.Limiter = new LimiterPart(world, node);
        node.Watcher = new WatcherPart(world, node);
        node.Fetcher = new FetcherPart(world, node);
        node.Limiter.Start();
        node.Watcher.Start();
        node.Fetcher.Start();
    }

    /// <summary>Twice a second: who has been silent for too long is given up, and who was given up and is back restarts.</summary>
    private void Watch()
    {
        foreach (var node in world.Node)
        {
            var isSilent = !node.IsAlive || node.IsPaused || node.IsIsolated;
            if (!isSilent)
            {
                node.SilentSince = null;
                if (node.IsDowned)
                {
                    node.IsDowned = false;
                    world.After(world.IsStormy ? world.Dice.Number(0, world.Dice.Number(0, 3) == 0 ? 25_000 : 5_000) : 0, node, () => Leave(node));
                }
            }
            else if (node.SilentSince is null)
            {
                node.SilentSince = world.Now;
                _patience = world.Dice.Number(1_000, 8_000);
            }
            else if (world.Now - node.SilentSince > _patience && !node.IsDowned)
            {
                GiveUp(node);
            }
        }

        if (!_isHandingOver && (!world.Node[Leader].IsAlive || world.Node[Leader].IsDowned || world.Node[Leader].Limiter is null))
        {
            MoveFrom(world.Node[Leader]);
        }

        world.After(500, Watch);
    }

    private void GiveUp(Node node)
    {
        world.Note($"{node} is given up by the others");
        node.IsDowned = true;
        if (node.Index == Leader)
        {
            _isHandingOver = false;
        }
        else if (node is { IsAlive: true, IsIsolated: true } && world.Dice.Number(0, 2) == 0)
        {
            world.After(0, node, () => StartSingletons(node));
        }
    }

    private void MoveFrom(Node old)
    {
        for (var i = 1; i <= World.Nodes; i++)
        {
            var heir = world.Node[(old.Index + i) % World.Nodes];
            if (heir.IsAlive && !heir.IsPaused && !heir.IsIsolated && !heir.IsDowned)
            {
                Leader = heir.Index;
                StartSingletons(heir);
                foreach (var other in world.Node)
                {
                    if (other != heir && !other.IsIsolated)
                    {
                        world.After(world.Dice.Number(0, 2_000), other, () => other.Leader = Leader);
                    }
                }

                return;
            }
        }
    }

    /// <summary>A node has noticed that it was given up: its process ends and a new one starts.</summary>
    private void Leave(Node node)
    {
        if (node.Index != Leader)
        {
            world.Note($"{node} notices that it was given up and restarts");
            node.Crash();
            world.After(world.Dice.Number(200, 2_000), () => Restart(node));
        }
    }

    private void Restart(Node node)
    {
        if (!node.IsAlive)
        {
            world.Note($"{node} is back");
            node.Boot(Leader);
        }
    }
}
