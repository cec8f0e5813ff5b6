using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;
using Scheduler.Simulation.Adversary;

namespace Scheduler.Simulation.Model;

/// <summary>What is between the nodes, and between them and the services.</summary>
internal static class Wire
{
    /// <summary>Tells something to whoever runs on a node when it arrives, if it does.</summary>
    public static void Send(this World world, Node from, int to, string what, Action<Node> receive)
    {
        var target = world.Node[to];
        if (world.Strikes(Fault.Duplicate, 100))
        {
            var again = world.Dice.Number(0, 3) == 0 ? world.Dice.Number(1_000, 20_000) : world.Dice.Number(1, 2_000);
            if (world.IsTraced)
            {
                world.Note($"  fault: {what} from {from} to {target} will arrive a second time in {again} ms");
            }

            Deliver(world, from, target, again, what, receive);
        }

        if (world.Strikes(Fault.Loss, 100))
        {
            if (world.IsTraced)
            {
                world.Note($"  fault: {what} from {from} to {target} is lost");
            }

            return;
        }

        long delay = from == target ? world.Dice.Number(0, 1) : world.Dice.Number(1, 4);
        if (world.Strikes(Fault.Delay, 100))
        {
            delay = world.Dice.Number(0, 3) == 0 ? world.Dice.Number(1_000, 20_000) : world.Dice.Number(1, 2_000);
            if (world.IsTraced)
            {
                world.Note($"  fault: {what} from {from} to {target} takes {delay} ms");
            }
        }

        Deliver(world, from, target, delay, what, receive);
    }

    /// <summary>Tells the limiter that a grant is not needed: by its claimer, or by somebody who did not claim it.</summary>
    public static void GiveBack(this World world, Node from, JobId job, GrantId grant, bool isClaimed)
    {
        var returned = new Return(job, grant) { IsClaimed = isClaimed || world.Rules.ReturnsWithoutClaim };
        world.Send(from, from.Leader, world.IsTraced ? $"Return {Ids.Show(job)} {grant}" : "", there => there.Limiter?.Return(returned));
    }

    /// <summary>A request to a service and its answer. Exactly one of the two continuations runs, unless the process ends.</summary>
    /// <param name="world">The world.</param>
    /// <param name="node">Who asks.</param>
    /// <param name="trouble">Which fault may strike it.</param>
    /// <param name="patience">When the asker gives up, in milliseconds. The request may still be carried out.</param>
    /// <param name="what">For the trace.</param>
    /// <param name="serve">At the service.</param>
    /// <param name="answered">At the asker.</param>
    /// <param name="failed">At the asker: refused, or no answer in time.</param>
    public static void Call<T>(
        this World world, Node node, Fault trouble, int patience, string what, Func<T> serve, Action<T> answered, Action failed)
    {
        var incarnation = node.Incarnation;
        var isCut = node.IsApiCut && trouble != Fault.BuildkiteTrouble;
        var (there, back) = (world.Dice.Number(1, 8), world.Dice.Number(1, 8));
        if (world.Strikes(trouble, trouble == Fault.SlowList ? 400 : 120))
        {
            var (kind, slow) = (world.Dice.Number(0, trouble == Fault.SlowList ? 8 : 4), world.Dice.Number(Math.Min(100, patience), patience * 3 / 2));
            if (world.IsTraced)
            {
                var how = kind switch { 0 => "is lost", 1 => "is refused", 2 => $"takes {slow} ms to get there", 3 => "gets no answer", _ => $"is answered after {slow} ms" };
                world.Note($"  fault: {what} of {node} {how}");
            }

            switch (kind)
            {
                case 0:
                    world.After(patience, node, failed);
                    return;
                case 1:
                    world.After(there + back, node, failed);
                    return;
                case 2:
                    there = slow;
                    break;
                case 3:
                    back = patience;
                    break;
                default:
                    back = slow;
                    break;
            }
        }

        if (isCut)
        {
            world.After(patience, node, failed);
        }
        else if (there + back > patience)
        {
            world.After(patience, node, failed);
            world.After(there, () => Carry(() => _ = serve()));
        }
        else
        {
            var (begun, isOver) = (world.Now, false);
            world.After(there, () => Carry(() =>
            {
                var answer = serve();
                if (!isOver)
                {
                    isOver = true;
                    world.After(Math.Min(back, Math.Max(0, begun + patience - world.Now)), node, incarnation, () => answered(answer));
                }
            }));
            if (trouble != Fault.BuildkiteTrouble && (world.Faults & Fault.StoreStandstill) != 0)
            {
                world.After(patience, node, incarnation, () =>
                {
                    if (!isOver)
                    {
                        isOver = true;
                        failed();
                    }
                });
            }
        }

        void Carry(Action request)
        {
            if (trouble == Fault.BuildkiteTrouble)
            {
                request();
            }
            else
            {
                world.Kubernetes.Carry(request);
            }
        }
    }

    private static void Deliver(World world, Node from, Node target, long delay, string what, Action<Node> receive)
    {
        if (from == target)
        {
            world.After(delay, target, () => receive(target));
            return;
        }

        if (from.IsIsolated || target.IsIsolated)
        {
            return;
        }

        world.After(delay, () =>
        {
            if (target.IsAlive && !from.IsIsolated && !target.IsIsolated)
            {
                world.After(0, target, () => receive(target));
            }
            else if (world.IsTraced)
            {
                world.Note($"  {what} from {from} does not reach {target}");
            }
        });
    }
}
