using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Launching;
using Scheduler.Core.Protocol;
using Scheduler.Simulation.Adversary;
using Scheduler.Simulation.Model;

namespace Scheduler.Simulation.Parts;

/// <summary>The job actors and the launcher of one node: from a token to a Kubernetes Job, as JobActor and JobLauncher do it.</summary>
internal sealed class LauncherPart(World world, Node node)
{
    private const int CallPatience = 5_000;
    private const int ClaimPatience = 2_000;
    private const int AnswerGrace = 500;

    private readonly CreateLimits _limits = new();
    private readonly Dictionary<JobId, (Run Current, Run? Next)> _launching = [];

    public void Run(Run run)
    {
        if (!_launching.TryGetValue(run.Job, out var actor))
        {
            Launch(run);
        }
        else if (actor.Current.Grant != run.Grant)
        {
            _launching[run.Job] = (actor.Current, run);
        }
    }

    private void Launch(Run run)
    {
        _launching[run.Job] = (run, null);
        Disasters.StandStillPerhaps(world, world.Node[node.Leader]);
        world.Call(
            node,
            Fault.BuildkiteTrouble,
            CallPatience,
            "get job",
            () => world.Buildkite.IsToRun(Ids.NumberOf(run.Job)),
            isToRun =>
            {
                if (isToRun)
                {
                    Claim(run);
                }
                else
                {
                    NothingCreated(run, LaunchOutlook.Over, "not to be run any more", isClaimed: false);
                }
            },
            () => NothingCreated(run, LaunchOutlook.TryAgain, "Buildkite does not answer", isClaimed: false));
    }

    private void Claim(Run run)
    {
        var (sent, stoodStill) = (node.Clocks, node.UnnoticedStandstill);
        var answered = false;
        world.Send(node, node.Leader, world.IsTraced ? $"Claim {Ids.Show(run.Job)} {run.Grant}" : "", there => there.Limiter?.Claim(
            new Claim(run.Job, run.Grant),
            node,
            answer =>
            {
                if (answered || node.Launcher != this)
                {
                    return;
                }

                answered = true;
                if (answer is Granted granted)
                {
                    Create(run, granted, sent, stoodStill);
                }
                else
                {
                    InDoubt(run, "the grant is gone");
                }
            }));
        Disasters.StandStillPerhaps(world, node);
        world.After(ClaimPatience, node, () =>
        {
            if (!answered)
            {
                answered = true;
                InDoubt(run, "no answer to the claim");
            }
        });
    }

    private void Create(Run run, Granted granted, ClockReading sent, long stoodStill)
    {
        var now = node.Clocks;
        if (CreateTime.For(granted.Remaining, world.Rules.CountsFrom(sent, now), now, _limits) is not { } timeout)
        {
            NothingCreated(run, LaunchOutlook.TryAgain, "too little time");
            return;
        }

        // The request may have to wait: for a busy server's permission, for a connection.
        var wait = world.Strikes(Fault.CreateTrouble, 200) ? world.Dice.Number(10, 3_000) : 0;
        Disasters.StandStillPerhaps(world, node);
        world.After(wait, node, () => Send(
            run, granted.Grant, timeout - world.Rules.Waited(now, node.Clocks), node.UnnoticedStandstill > stoodStill));
    }

    private void Send(Run run, GrantId grant, TimeSpan timeout, bool stoodStill)
    {
        if (timeout <= TimeSpan.Zero)
        {
            NothingCreated(run, LaunchOutlook.TryAgain, "too late to be sent");
            return;
        }

        Disasters.StoreStandsStillPerhaps(world);
        var fate = CreateFate.Draw(world, (int)timeout.TotalMilliseconds, (int)_limits.Margin.TotalMilliseconds);
        if (world.IsTraced)
        {
            world.Note($"{node} sends the create of {Ids.Show(run.Job)} with {grant}, time-out {timeout.TotalMilliseconds:0} ms{fate}");
        }

        if (node.IsApiCut || fate.NeverSent)
        {
            world.After(fate.AnswerDelay, node, () => NothingCreated(run, LaunchOutlook.TryAgain, "not sent"));
            return;
        }

        var (patience, isOver, incarnation) = ((int)timeout.TotalMilliseconds + AnswerGrace, false, node.Incarnation);
        if (fate.CommitsAfter is { } delay)
        {
            world.After(delay, () => world.Kubernetes.Create(Ids.NumberOf(run.Job), grant, stoodStill, answer =>
            {
                if (!fate.AnswerLost)
                {
                    world.After(fate.AnswerDelay, node, incarnation, () => Once(() => Conclude(run, answer)));
                }
            }));
        }

        world.After(patience, node, () => Once(() => InDoubt(run, "no answer to the create")));

        void Once(Action end)
        {
            if (!isOver)
            {
                isOver = true;
                end();
            }
        }
    }

    private void Conclude(Run run, CreateAnswer created)
    {
        switch (created)
        {
            case CreateAnswer.Created:
                Tell(new Launched(run.Job));
                End(run);
                return;
            case CreateAnswer.Refused:
                NothingCreated(run, LaunchOutlook.TryAgain, "its epoch is over");
                return;
        }

        world.Call(
            node,
            Fault.CreateTrouble,
            CallPatience,
            "read",
            () => world.Kubernetes.Read(Ids.NumberOf(run.Job)).State,
            state =>
            {
                switch (state)
                {
                    case KubernetesJobState.Unfinished:
                        Tell(new Launched(run.Job));
                        End(run);
                        break;
                    case KubernetesJobState.Finished:
                        world.Buildkite.Finish(Ids.NumberOf(run.Job), "by the launcher, its Job ended before");
                        NothingCreated(run, LaunchOutlook.Over, "its Job ended before");
                        break;
                    default:
                        NothingCreated(run, LaunchOutlook.TryAgain, "its Job is gone");
                        break;
                }
            },
            () => InDoubt(run, "no answer to the read"));
    }

    private void NothingCreated(Run run, LaunchOutlook outlook, string why, bool isClaimed = true)
    {
        if (world.IsTraced)
        {
            world.Note($"{node} gives {Ids.Show(run.Job)} {run.Grant} back: {why}");
        }

        GiveBack(run, isClaimed);
        Tell(new NotLaunched(run.Job, outlook));
        End(run);
    }

    private void InDoubt(Run run, string why)
    {
        if (world.IsTraced)
        {
            world.Note($"{node} is in doubt about {Ids.Show(run.Job)} {run.Grant}: {why}");
        }

        if (world.Rules.ReturnsWhenInDoubt)
        {
            GiveBack(run);
        }

        Tell(new NotLaunched(run.Job, LaunchOutlook.TryAgain));
        End(run);
    }

    private void GiveBack(Run run, bool isClaimed = true) => world.GiveBack(node, run.Job, run.Grant, isClaimed);

    private void Tell(Launched launched) => world.Send(node, node.Leader, nameof(Launched), there => there.Fetcher?.Launched(launched.Job));

    private void Tell(NotLaunched not) => world.Send(node, node.Leader, nameof(NotLaunched), there => there.Fetcher?.NotLaunched(not));

    private void End(Run run)
    {
        if (_launching.Remove(run.Job, out var actor) && actor.Next is { } next)
        {
            Launch(next);
        }
    }
}
