using Scheduler.Core.Identity;
using Scheduler.Core.Verdicts;

namespace Scheduler.Core.Lifecycle;

/// <summary>Questions, reports and orders, with their repetitions.</summary>
internal sealed partial class LifecycleTurn
{
    private void Watch()
    {
        if (!_state.Watching)
        {
            _state = _state with { Watching = true };
            Do(new LifecycleCommand.WatchState());
        }
    }

    private void Unwatch()
    {
        if (_state.Watching)
        {
            _state = _state with { Watching = false };
            Do(new LifecycleCommand.UnwatchState());
        }
    }

    /// <summary>One question at a time, and none before the pause after a failure is over.</summary>
    private void Ask()
    {
        if (_state.AnswerBy is { } answerBy && answerBy > now)
        {
            Wake(answerBy);
        }
        else if (_state.NotBefore is { } notBefore && notBefore > now)
        {
            Wake(notBefore);
        }
        else
        {
            _state = _state with { AnswerBy = now + settings.AnswerPatience };
            Do(new LifecycleCommand.AskState());
            Wake(_state.AnswerBy);
        }
    }

    /// <summary>Because of what Kubernetes shows; if it fails, the reason is worked out anew from what is shown then.</summary>
    private void Fail(FailureReport report, Trouble trouble, CleanUp then)
    {
        _state = _state with { Reporting = new PendingReport(then, ReasonOf(trouble, JobStanding.Waiting)) };
        Do(new LifecycleCommand.Finish(report, trouble));
    }

    /// <summary>Because no Kubernetes Job can be made; nothing but the report itself remembers why.</summary>
    private void Fail(FailureReport report)
    {
        _state = _state with { Unsent = report, Reporting = new PendingReport(CleanUp.Nothing, CleanUpReason.JobEnded) };
        Do(new LifecycleCommand.Finish(report, null));
    }

    private void OnFinishEnded(PendingReport report, FinishResult result)
    {
        _state = _state with { Reporting = null };
        switch (result)
        {
            case FinishResult.Done or FinishResult.Impossible:
                _state = _state with { Ended = true, Unsent = null, Failures = 0, NotBefore = null };
                if (report.Then != CleanUp.Nothing && _state.IsLive)
                {
                    _state = _state with { Order = new RemoveOrder(report.Then, report.Why, settings.StalledDeadline, now) };
                }

                break;
            case FinishResult.Refused:
                // An agent may have taken it this moment: its pod stays until Buildkite says that the job has ended.
                _state = _state with { Refused = true, Ended = !_state.IsLive, Unsent = null, NotBefore = null };
                break;
            case FinishResult.TryAgain:
                Failed();
                break;
        }
    }

    /// <summary>Carries an order out if it is due and there still is something to carry it out on.</summary>
    private void Repeat(RemoveOrder order)
    {
        if (IsReplaced(order))
        {
            order = new RemoveOrder(CleanUp.JobByDeadline, order.Why, settings.StalledDeadline, now);
        }

        if (order.DueAt > now)
        {
            _state = _state with { Order = order };
            Wake(order.DueAt);
            return;
        }

        if (order is { What: CleanUp.Pod, Why: not CleanUpReason.NodeLost } && PodVerdict.AgentRuns(_state.Pod))
        {
            // It started meanwhile. It will find that the job has ended, and end too.
            return;
        }

        if (order.What == CleanUp.Pod && _state.Pod is null && _state.Order is not null)
        {
            // The pod is gone, as wished. Its Job may be without one again, and that has remedies of its own.
            _state = _state with { Order = null };
            Decide(null);
            return;
        }

        if (order.What == CleanUp.Job && _state.KubernetesJob is { HasPod: true })
        {
            // It has got a pod meanwhile: that is what is to go now, and only if its agent does not run.
            _state = _state with { Order = null };
            Decide(null);
            return;
        }

        var target = order.What == CleanUp.Pod
            ? (_state.Pod?.Name, _state.Pod?.Uid)
            : (_state.KubernetesJob?.Name, _state.KubernetesJob?.Uid);
        if (target is ({ } name, { } uid))
        {
            _state = _state with { Order = order with { DueAt = null, DeletedPod = order.What == CleanUp.Pod ? uid : null } };
            Do(new LifecycleCommand.Remove(order.What, name, uid, order.Deadline, order.Why) { AsSeen = MustBeAsSeen(order) });
        }
    }

    /// <summary>Job controllers before Kubernetes 1.26 make a new pod for every one that is deleted. They heed deadlines.</summary>
    private bool IsReplaced(RemoveOrder order) =>
        order is { What: CleanUp.Pod, Why: not CleanUpReason.NodeLost, DeletedPod: { } deleted } &&
        _state.Pod is { } pod && pod.Uid != deleted && !PodVerdict.AgentRuns(pod);

    /// <summary>
    /// A job that has ended at Buildkite may have run in this very pod, of which the watch then is late to tell. Deleted before its Job
    /// counts it, such a pod would get a successor.
    /// </summary>
    private Revision? MustBeAsSeen(RemoveOrder order) =>
        order is { What: CleanUp.Pod, Why: CleanUpReason.JobEnded } && _state.Pod is { } pod && pod.Revision != Revision.None ? pod.Revision : null;

    private void OnRemoveEnded(RemoveOrder order, bool succeeded)
    {
        if (succeeded)
        {
            _state = _state with { Failures = 0, Order = order with { DueAt = now + settings.RemoveAgainAfter } };
        }
        else
        {
            Failed();
            _state = _state with { Order = order with { DueAt = _state.NotBefore } };
        }
    }

    private void Wake(DateTimeOffset? at)
    {
        if (at is { } time && time < DateTimeOffset.MaxValue)
        {
            _state = _state with { WakeAt = time > now ? time : now };
        }
    }
}
