using Scheduler.Core.Facts;
using Scheduler.Core.Jobs;
using Scheduler.Core.Tests.Verdicts;
using Scheduler.Core.Verdicts;

namespace Scheduler.Core.Tests.Lifecycle;

/// <summary>What the world does by itself, and how all ends when nobody interferes any more.</summary>
internal sealed partial class LifecycleWorld
{
    private void Move(int move, int luck)
    {
        switch (move)
        {
            case 15 when _buildkite is JobState.Scheduled or JobState.Reserved:
                _buildkite = (luck % 5) switch
                {
                    0 => JobState.Canceled,
                    1 => JobState.Expired,
                    2 => JobState.Skipped,
                    _ => JobState.Scheduled,
                };
                break;
            case 16 when _buildkite == JobState.Running:
                _buildkite = JobState.Canceling;
                break;
            case 17 when _job is not null:
                (_job, _pod) = (null, null);
                break;
            case 18 when _pod is not null && IsLive:
                LosePod();
                break;
            case 19 when IsLive:
                EndJob("Failed", "DeadlineExceeded", success: false);
                _pod = null;
                break;
            case 20 when _pod is not null && IsLive:
                _pod = _pod with { DeletedAt = _now, Revision = Next() };
                break;
            case 21 when _job is { State: KubernetesJobState.Finished }:
                (_job, _pod) = (null, null);
                break;
            case 22 or 23 or 24 when IsLive && _pod is null && !_job!.HasPod:
                _pod = Given.PendingPod with { Uid = $"pod-{++_uids}", Owner = _job.Uid, CreatedAt = _now, StartedAt = _now, Revision = Next() };
                Change(_job with { HasPod = true, Active = 1 });
                break;
            case 25 or 26 when CanStart:
                var pod = _pod!;
                _pod = (luck % 3) switch
                {
                    0 => pod.With(Given.Regular("container-0").Waiting("ErrImagePull")),
                    1 => pod.With(Given.Regular("container-0").Waiting("InvalidImageName")),
                    _ => pod.With(Given.Regular("container-0")),
                } with
                { Revision = Next() };
                break;
            case 27 when CanStart:
                _pod = _pod!.With(Given.Init("copy-agent").Ended(1)) with { Revision = Next(), Phase = PodPhase.Failed };
                break;
            case 28 when CanStart:
                StartAgent();
                break;
            case 29 when IsLive && PodVerdict.AgentRuns(_pod):
                EndAgent();
                break;
        }

        Assert.True(_successfulFinishes <= 1, "Buildkite was told twice");
    }

    private bool CanStart => IsLive && _pod is { Phase: PodPhase.Pending } && !_agentRan && !_pod.Containers.Any(PodVerdict.HasFailed);

    private void StartAgent()
    {
        _agentRan = true;
        _pod = _pod!.With(Given.Regular("agent").Running()) with
        {
            Revision = Next(),
            Phase = _pod!.Containers.Any(StuckContainers.IsStuck) ? PodPhase.Pending : PodPhase.Running,
        };
        if (_buildkite is JobState.Scheduled or JobState.Reserved)
        {
            _buildkite = JobState.Running;
        }
        else
        {
            EndAgent();
        }
    }

    private void EndAgent()
    {
        _pod = _pod!.With(Given.Regular("agent").Ended(0, at: _now)) with { Revision = Next() };
        _buildkite = _buildkite switch
        {
            JobState.Running => JobState.Finished,
            JobState.Canceling => JobState.Canceled,
            var ended => ended,
        };
    }

    /// <summary>
    /// From here on calls succeed and sightings arrive. A running agent ends, deadlines are kept by Kubernetes, nothing else
    /// changes by itself. Within an hour nothing may be left over.
    /// </summary>
    public void Settle()
    {
        _luck = 7;
        for (var round = 0; round < 720 && !IsQuiet; round++)
        {
            while (_underWay.Count > 0)
            {
                var ended = _underWay[0];
                _underWay.RemoveAt(0);
                _luck = 7;
                ended();
            }

            if (IsLive && PodVerdict.AgentRuns(_pod))
            {
                EndAgent();
            }

            KeepDeadlines();
            Show();
            Answer(fails: false);
            Pass(TimeSpan.FromSeconds(5));
        }

        Assert.True(_stopped, $"the job's actor has no exit: {_state}");
        Assert.False(IsLive, $"the Kubernetes Job is left over: {_job}, pod {_pod}, Buildkite says {_buildkite}");
        Assert.False(_job is not null && _buildkite is JobState.Scheduled or JobState.Reserved, "nobody told Buildkite");
        Assert.DoesNotContain("held", _grants.Values);
    }

    private bool IsQuiet => _stopped && _underWay.Count == 0 && !IsLive && (_job is null || _buildkite is not (JobState.Scheduled or JobState.Reserved));

    private void KeepDeadlines()
    {
        if (IsLive && _job!.StartedAt + _job.Deadline <= _now)
        {
            _pod = null;
            EndJob("Failed", "DeadlineExceeded", success: false);
        }
        else if (IsLive && _pod is { Phase: PodPhase.Failed })
        {
            EndJob("Failed", "BackoffLimitExceeded", success: false);
        }
    }
}
