using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Protocol;
using Scheduler.Core.Tests.Verdicts;
using Scheduler.Core.Verdicts;

namespace Scheduler.Core.Tests.Lifecycle;

/// <summary>What commands do to the world, and how they may fail.</summary>
internal sealed partial class LifecycleWorld
{
    private void Launch(Run run, int memory)
    {
        var outcome = _job switch
        {
            { State: KubernetesJobState.Unfinished } => new LaunchOutcome.AlreadyThere(_job.Name),
            not null => new LaunchOutcome.Impossible("has ended already"),
            null => (_luck % 8) switch
            {
                0 => new LaunchOutcome.NothingCreated(LaunchOutlook.TryAgain, "quota") { Notice = "quota" },
                1 => new LaunchOutcome.NothingCreated(LaunchOutlook.Over, "gone"),
                2 => new LaunchOutcome.Impossible("wrong"),
                3 => new LaunchOutcome.InDoubt("time-out"),
                4 => Create(run, new LaunchOutcome.InDoubt("time-out")),
                _ => Create(run, null),
            },
        };
        if (outcome is LaunchOutcome.InDoubt or LaunchOutcome.AlreadyThere && _grants[run.Grant.Number] == "held")
        {
            _grants[run.Grant.Number] = "left to the limiter";
        }

        if (memory != _memory && _grants[run.Grant.Number] == "held")
        {
            _grants[run.Grant.Number] = "left to the limiter";
        }

        Reply(memory, new LifecycleEvent.LaunchEnded(run, outcome));
    }

    private LaunchOutcome Create(Run run, LaunchOutcome? answer)
    {
        _job = Given.StartedJob with { Uid = $"job-{++_uids}", Revision = Next(), StartedAt = _now, CreatedAt = _now, Grant = run.Grant };
        _pod = null;
        _agentRan = false;
        _grants[run.Grant.Number] = "used";
        return answer ?? new LaunchOutcome.Created(_job.Name, _job.Uid);
    }

    private void Finish(LifecycleCommand.Finish finish, int memory)
    {
        Assert.NotEmpty(finish.Report.Detail);
        if (_luck % 5 == 0)
        {
            Reply(memory, new LifecycleEvent.FinishEnded(FinishResult.TryAgain));
            return;
        }

        var result = _buildkite is JobState.Scheduled or JobState.Reserved ? FinishResult.Done : FinishResult.Refused;
        if (result == FinishResult.Done)
        {
            _buildkite = JobState.Finished;
            _successfulFinishes++;
        }

        var lost = _luck % 5 == 1;
        _told |= result == FinishResult.Done && !lost && memory == _memory;
        Reply(memory, new LifecycleEvent.FinishEnded(lost ? FinishResult.TryAgain : result));
    }

    private void Remove(LifecycleCommand.Remove remove, int memory)
    {
        if (_luck % 4 != 0)
        {
            switch (remove.What)
            {
                case CleanUp.Pod when _pod?.Uid == remove.Uid:
                    LosePod();
                    break;
                case CleanUp.Job when _job?.Uid == remove.Uid:
                    (_job, _pod) = (null, null);
                    break;
                case CleanUp.JobByDeadline when _job?.Uid == remove.Uid && IsLive:
                    Change(_job with { Deadline = remove.Deadline });
                    break;
            }
        }

        Reply(memory, new LifecycleEvent.RemoveEnded(_luck % 4 != 0));
    }

    private bool IsLive => _job is { State: KubernetesJobState.Unfinished };

    private Revision Next() => new(++_revision);

    private void Change(Core.Facts.JobFact job) => _job = job with { Revision = Next() };

    private void EndJob(string type, string? reason, bool success)
    {
        Change(_job!.Finished(type, reason, failed: !success && _job!.HasPod ? 1 : 0, succeeded: success ? 1 : 0));
        if (_buildkite is JobState.Running or JobState.Assigned or JobState.Canceling)
        {
            _buildkite = JobState.Finished;
        }
    }

    private void LosePod()
    {
        _pod = null;
        EndJob("Failed", "BackoffLimitExceeded", success: false);
    }
}
