using System.Collections.Immutable;
using Scheduler.Core.Facts;
using Scheduler.Core.Verdicts;

namespace Scheduler.Core.Lifecycle;

/// <summary>From what is remembered to what is done about it. Comes at the end of each turn, so it may be repeated at will.</summary>
internal sealed partial class LifecycleTurn
{
    /// <param name="standing">What Buildkite said in this turn; null when it said nothing.</param>
    private void Decide(JobStanding? standing)
    {
        _state = _state with { WakeAt = null };
        if (_state.Reporting is not null || _state.Order is { DueAt: null })
        {
            return;
        }

        if (_state.Unsent is { } unsent)
        {
            DecideUnsent(unsent, standing);
            return;
        }

        Doubt(standing);
        switch (Judge())
        {
            case Verdict.Over:
                Leave();
                break;
            case Verdict.Running running:
                _state = _state with { Order = null };
                Calm();
                Unwatch();
                Wake(running.LookAgainAt);
                break;
            case Verdict.Waiting waiting:
                Wait(waiting.LookAgainAt);
                break;
            case Verdict.Overstaying overstaying:
                Unwatch();
                Repeat(_state.Order is { Why: CleanUpReason.Overstaying } again
                    ? again
                    : new RemoveOrder(CleanUp.JobByDeadline, CleanUpReason.Overstaying, overstaying.Deadline, now));
                break;
            case Verdict.InTrouble found:
                Handle(found.Trouble, _state.Ended ? JobStanding.Ended : standing);
                break;
        }
    }

    private Verdict Judge()
    {
        var verdict = PodVerdict.Judge(
            _state.Vanished ? null : _state.KubernetesJob, _state.Vanished, _state.Pod, _state.Stuck, now, settings.Verdict);
        return verdict is Verdict.InTrouble { Trouble: Trouble.ContainersStuck } && _state.Noticed && PodVerdict.AgentRuns(_state.Pod)
            ? new Verdict.Running(null)
            : verdict;
    }

    private void DecideUnsent(FailureReport unsent, JobStanding? standing)
    {
        switch (standing)
        {
            case null:
                Ask();
                break;
            case JobStanding.Owned or JobStanding.Ended:
                // The attempt that seemed to fail has succeeded, or somebody else was faster.
                _state = _state with { Unsent = null };
                Decide(standing);
                break;
            default:
                Fail(unsent);
                break;
        }
    }

    private void Wait(DateTimeOffset? lookAgainAt)
    {
        if (_state.Ended)
        {
            Unwatch();
        }

        if (!_state.Witnessed && (_state.Ended || _state.KubernetesJob!.CreatedAt + settings.SightingPatience <= now))
        {
            // What is not seen is not touched; once it is seen, its actor is back.
            Leave();
        }
        else if (_state.Order is { } order)
        {
            Repeat(order);
        }
        else if (!_state.Ended)
        {
            Calm();
            Watch();
            Wake(_state.Witnessed ? lookAgainAt : _state.KubernetesJob!.CreatedAt + settings.SightingPatience);
        }
        else if (_state.Pod is not null || !_state.KubernetesJob!.HasPod)
        {
            Repeat(new RemoveOrder(
                _state.Pod is null ? CleanUp.Job : CleanUp.Pod,
                CleanUpReason.JobEnded,
                TimeSpan.Zero,
                now + (_state.Finished ? settings.FinishedPause : settings.ReleasePause)));
        }

        // Otherwise its pod is gone or not yet seen: either way its Job may not be deleted under it.
    }

    private void Handle(Trouble trouble, JobStanding? standing)
    {
        if (_state.IsLive && !_state.Ended)
        {
            Watch();
        }
        else
        {
            Unwatch();
        }

        if (_state.Order is { } order && _state.IsLive)
        {
            Repeat(order);
        }
        else if (standing is null)
        {
            Suspect(trouble);
            Ask();
        }
        else
        {
            _state = _state with { Suspect = null };
            Apply(trouble, standing.Value, Remedy.For(trouble, standing.Value));
        }
    }

    /// <summary>An agent that was found to have the job is not suspected again.</summary>
    private void Suspect(Trouble trouble)
    {
        if (trouble == Trouble.Stalled && _state is { Suspect: null, Doubt: not StallDoubt.AgentActive })
        {
            _state = _state with { Suspect = _state.KubernetesJob!.Uid, Doubt = null };
        }
    }

    private void Doubt(JobStanding? standing)
    {
        StallDoubt? doubt = _state switch
        {
            { Suspect: null } => null,
            { IsLive: false } => StallDoubt.JobGone,
            { KubernetesJob: { } job, Suspect: var suspect } when job.Uid != suspect => StallDoubt.JobReplaced,
            { Pod: not null } or { KubernetesJob.HasPod: true } => StallDoubt.PodExists,
            _ => standing == JobStanding.Owned ? StallDoubt.AgentActive : null,
        };
        if (doubt is not null)
        {
            _state = _state with { Suspect = null, Doubt = doubt };
        }
    }

    private void Apply(Trouble trouble, JobStanding standing, Remedy remedy)
    {
        if (remedy.TellAuthor && !_state.Noticed)
        {
            Do(new LifecycleCommand.Notify(FailureText.ImageNotice(Over(_state.Pod!))));
            _state = _state with { Noticed = true };
        }

        if (remedy.FailJob && _state.NotBefore > now)
        {
            Wake(_state.NotBefore);
        }
        else if (remedy.FailJob && !_state.Refused)
        {
            var report = FailureText.For(trouble, _state.KubernetesJob!, _state.Pod, _state.Pod is { } pod ? Over(pod) : [], now);
            Fail(report, trouble, remedy.CleanUp);
        }
        else if (!remedy.FailJob && remedy.CleanUp != CleanUp.Nothing)
        {
            Repeat(new RemoveOrder(remedy.CleanUp, ReasonOf(trouble, standing), settings.StalledDeadline, now));
        }
        else if (!_state.IsLive && !remedy.FailJob)
        {
            Leave();
        }
        else if (standing != JobStanding.Ended)
        {
            // Left to its agent, or to Buildkite to make up its mind: looked at again with the next state, at the latest soon.
            Wake(now + settings.LongestPause);
        }
    }

    private ImmutableArray<ContainerFact> Over(PodFact pod) => _state.Stuck.Over(pod, settings.Verdict.ImageGrace, now);

    private void Leave()
    {
        Unwatch();
        _state = _state with { Order = null };
        if (_state.Launching is not null)
        {
            return;
        }

        if (_state.LingerUntil > now && !_state.Ended && _state.KubernetesJob is null)
        {
            Wake(_state.LingerUntil);
        }
        else
        {
            Do(new LifecycleCommand.Stop());
        }
    }

    /// <summary>Nothing is wrong: earlier failures do not count any more.</summary>
    private void Calm() => _state = _state with { Failures = 0, NotBefore = null };

    private static CleanUpReason ReasonOf(Trouble trouble, JobStanding standing) => trouble switch
    {
        Trouble.NodeLost => CleanUpReason.NodeLost,
        _ when standing == JobStanding.Ended => CleanUpReason.JobEnded,
        Trouble.ContainersStuck => CleanUpReason.ContainersStuck,
        Trouble.PendingTooLong => CleanUpReason.PendingTooLong,
        _ => CleanUpReason.Stalled,
    };
}
