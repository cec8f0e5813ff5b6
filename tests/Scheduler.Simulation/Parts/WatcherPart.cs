using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;
using Scheduler.Simulation.Adversary;
using Scheduler.Simulation.Model;

namespace Scheduler.Simulation.Parts;

/// <summary>A K8sWatcher: a list, the changes after it one by one, a snapshot after each list and every ten seconds.</summary>
internal sealed class WatcherPart(World world, Node node)
{
    private const int Pace = 100;
    private const int SnapshotInterval = 10_000;
    private const int MostStale = 8_000;

    private readonly Dictionary<JobId, UnfinishedJob> _unfinished = [];
    private int _position;
    private Revision _revision;
    private int _watch;
    private long _silentUntil;
    private int _restores;
    private bool _isDeaf;

    private bool IsOver => node.Watcher != this;

    public void Start()
    {
        List();
        world.After(SnapshotInterval, node, RepeatSnapshot);
    }

    /// <summary>Nothing comes any more, and nobody notices until then.</summary>
    public void Stall(long until) => _silentUntil = Math.Min(until, world.Size.StormEnds);

    /// <summary>Changes may have been missed: begin anew.</summary>
    public void Break()
    {
        world.Note($"the watch of {node} breaks");
        _watch++;
        world.After(world.Dice.Number(10, 2_000), node, List);
    }

    private void List()
    {
        if (IsOver)
        {
            return;
        }

        if (node.IsApiCut)
        {
            world.After(500, node, List);
            return;
        }

        var stale = world.Strikes(Fault.StaleList, 700) ? world.Dice.Number(1, MostStale) : 0;
        var log = world.Kubernetes.Log;
        _unfinished.Clear();
        (_position, _revision, _restores, _isDeaf) = (0, new Revision(1), world.Kubernetes.Restores, false);
        while (_position < log.Count && log[_position].At <= world.Now - stale)
        {
            Keep(log[_position++].Seen);
        }

        if (world.IsTraced)
        {
            world.Note($"{node} lists Jobs as of revision {_revision}{(stale > 0 ? $" (fault: {stale} ms old)" : "")}");
        }

        TellSnapshot();
        Follow(++_watch);
    }

    private void Follow(int watch)
    {
        if (IsOver || watch != _watch)
        {
            return;
        }

        if (_restores != world.Kubernetes.Restores)
        {
            // Its connection has broken with the old server. It resumes where it was, which is the future there, and may take
            // long to notice that it hears nothing.
            _restores = world.Kubernetes.Restores;
            if (world.Dice.Number(0, 1) == 0 && world.Kubernetes.Revision < _revision.Value)
            {
                Break();
                return;
            }

            _isDeaf = true;
            world.After(world.Dice.Number(1_000, 150_000), node, Break);
        }

        if (!node.IsApiCut && !_isDeaf && _silentUntil <= world.Now && _position < world.Kubernetes.Log.Count)
        {
            var seen = world.Kubernetes.Log[_position++].Seen;
            Keep(seen);
            var what = world.IsTraced ? $"Observed {Ids.Show(seen.Job)} {seen.State}, grant {seen.Grant?.ToString() ?? "none"}, revision {seen.Revision}" : "";
            world.Send(node, node.Leader, what, there =>
            {
                if (world.IsTraced)
                {
                    world.Note($"{there}: {what}");
                }

                there.Limiter?.Observe(seen);
            });
        }

        world.After(world.Has(Fault.Slowness) ? world.Dice.Number(1, 1_500) : Pace, node, () => Follow(watch));
    }

    private void Keep(Observed seen)
    {
        _revision = seen.Revision;
        if (seen.State == KubernetesJobState.Unfinished)
        {
            _unfinished[seen.Job] = new UnfinishedJob(seen.Job, seen.Revision, seen.Grant);
        }
        else
        {
            _unfinished.Remove(seen.Job);
        }
    }

    private void RepeatSnapshot()
    {
        if (!IsOver)
        {
            TellSnapshot();
            world.After(SnapshotInterval, node, RepeatSnapshot);
        }
    }

    private void TellSnapshot()
    {
        var snapshot = new Snapshot([.. _unfinished.Values], _revision);
        var what = world.IsTraced ? $"Snapshot of revision {snapshot.Revision} [{string.Join(' ', snapshot.Unfinished.Select(job => Ids.Show(job.Job)))}]" : "";
        world.Send(node, node.Leader, what, there =>
        {
            if (world.IsTraced)
            {
                world.Note($"{there}: {what}");
            }

            there.Limiter?.Apply(snapshot);
        });
    }
}
