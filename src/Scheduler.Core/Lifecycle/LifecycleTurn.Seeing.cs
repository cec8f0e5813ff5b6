using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;
using Scheduler.Core.Verdicts;

namespace Scheduler.Core.Lifecycle;

/// <summary>What is remembered of Kubernetes and of Buildkite.</summary>
internal sealed partial class LifecycleTurn
{
    private void See(Seen seen)
    {
        var job = seen.KubernetesJob is { } shown && IsAnother(shown) ? null : seen.KubernetesJob;
        var pod = seen.Pod is { } claimed && Proof.IsOf(claimed, job ?? _state.KubernetesJob) ? claimed : null;
        if (job is not null)
        {
            SeeJob(job, pod);
        }
        else if (_state.KubernetesJob is null or { State: KubernetesJobState.Finished })
        {
            Forget(pod);
        }
        else if (_state.Witnessed)
        {
            // Gone before it ended. Deleted by us: as wished; else somebody wants to know.
            if (_state.Order?.What == CleanUp.Job)
            {
                Forget(pod);
            }
            else
            {
                _state = _state with { Vanished = true, Pod = pod };
            }
        }

        _state = _state with { Stuck = _state.Stuck.After(_state.Pod, now) };
        SeeDisruption();
    }

    /// <summary>Nothing follows from it but the news: how the job ends is the agent's business, or shown by what becomes of the pod.</summary>
    private void SeeDisruption()
    {
        if (_state.Pod is { } pod && pod.Uid != _state.Disrupted && Disruption.Of(pod) is { } why)
        {
            _state = _state with { Disrupted = pod.Uid };
            Do(new LifecycleCommand.Notify(FailureText.Disrupted(why)));
        }
    }

    /// <summary>
    /// Beside the unfinished Job that is followed, one of another name: it takes a name to itself, so that it proves neither that ours
    /// is there nor how it fares. It is shown in place of ours only when ours is gone, or not yet seen.
    /// </summary>
    private bool IsAnother(JobFact job) =>
        _state.KubernetesJob is { State: KubernetesJobState.Unfinished } known && known.Uid != job.Uid && known.Name != job.Name;

    private void SeeJob(JobFact job, PodFact? pod)
    {
        // What is older than known is a message that was late; but not after so long: then the store was restored.
        var known = _state.KubernetesJob;
        var mayBeLate = now - _state.SeenAt < settings.OldNewsFor;
        if (known is not null && _state.Witnessed && job.Revision < known.Revision && mayBeLate)
        {
            return;
        }

        if (known is not null && known.Uid != job.Uid)
        {
            // Another one of the same name: what was ordered for the old one is no matter of the new one.
            _state = _state with { Order = NotUnderWay(_state.Order), Noticed = false, Pod = null };
        }

        _state = _state with
        {
            KubernetesJob = job,
            Witnessed = true,
            SeenAt = now,
            Vanished = false,
            Pod = pod is not null && mayBeLate && pod.Uid == _state.Pod?.Uid && pod.Revision < _state.Pod.Revision ? _state.Pod : pod,
        };
    }

    private void Forget(PodFact? pod) =>
        _state = _state with { KubernetesJob = null, Witnessed = false, Vanished = false, Pod = pod, Order = NotUnderWay(_state.Order) };

    /// <summary>An order being carried out stays until its end is reported.</summary>
    private static RemoveOrder? NotUnderWay(RemoveOrder? order) => order is { DueAt: null } ? order : null;

    /// <summary>The watch may have been faster than the answer to the create.</summary>
    private void RememberCreated(LaunchOutcome.Created created, GrantId grant)
    {
        if (_state.KubernetesJob?.Uid != created.Uid)
        {
            _state = _state with
            {
                KubernetesJob = new JobFact(_state.Job, created.Name, created.Uid, KubernetesJobState.Unfinished, Revision.None, grant)
                {
                    CreatedAt = now,
                },
                Witnessed = false,
                Vanished = false,
                Pod = null,
                Stuck = StuckContainers.None,
                Order = NotUnderWay(_state.Order),
                Noticed = false,
            };
        }
    }

    private JobStanding? Hear(JobState? state)
    {
        _state = _state with { AnswerBy = null };
        if (state is null)
        {
            Failed();
            return null;
        }

        var standing = state.Value.Standing();
        _state = _state with
        {
            Ended = _state.Ended || standing == JobStanding.Ended,
            Finished = _state.Finished || state == JobState.Finished,
        };
        return standing;
    }

    /// <summary>A call failed: the next one waits, longer each time.</summary>
    private void Failed()
    {
        var failures = _state.Failures + 1;
        _state = _state with { Failures = failures, NotBefore = now + settings.Pause(failures) };
    }
}
