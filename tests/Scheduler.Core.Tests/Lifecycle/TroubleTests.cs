using Scheduler.Core.Facts;
using Scheduler.Core.Jobs;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Tests.Verdicts;
using Scheduler.Core.Verdicts;
using static Scheduler.Core.Tests.Verdicts.Given;

namespace Scheduler.Core.Tests.Lifecycle;

/// <summary>What goes wrong once the Kubernetes Job exists (controller-behaviour.md §11, §12, §19.5).</summary>
public sealed class TroubleTests
{
    private static readonly PodFact StuckPod = PendingPod.With(Regular("tests").Waiting("ImagePullBackOff", "not found"));

    public static TheoryData<JobState?, bool, CleanUp> StalledCases => new()
    {
        { JobState.Running, false, CleanUp.Nothing },
        { JobState.Accepted, false, CleanUp.Nothing },
        { JobState.Reserved, true, CleanUp.JobByDeadline },
        { JobState.Scheduled, true, CleanUp.JobByDeadline },
        { JobState.Finished, false, CleanUp.Job },
        { JobState.Expired, false, CleanUp.Job },
        { JobState.Unknown, true, CleanUp.JobByDeadline },
        { null, false, CleanUp.Nothing },
    };

    [Theory]
    [MemberData(nameof(StalledCases))]
    public void AStalledJobIsFailedUnlessAnAgentHasIt(JobState? state, bool fails, CleanUp cleanUp)
    {
        var job = Story.Revived(StartedJob);
        Assert.Equal([new LifecycleCommand.AskState()], job.Passes(30));
        job.Says(state);
        Assert.Equal(fails ? 1 : 0, job.Count<LifecycleCommand.Finish>());
        if (fails)
        {
            job.Finishes();
        }

        var removed = job.All.OfType<LifecycleCommand.Remove>().ToList();
        Assert.Equal(cleanUp == CleanUp.Nothing ? [] : [cleanUp], removed.Select(remove => remove.What));
        Assert.All(removed, remove => Assert.Equal(("buildkite-1", "job-uid"), (remove.Name, remove.Uid)));
    }

    [Fact]
    public void AJobThatGetsItsPodInTimeIsNotStalled()
    {
        var job = Story.Revived(StartedJob);
        job.Passes(20);
        job.Sees(JobWithPod with { Revision = new(2) });
        Assert.Empty(job.Passes(3600));
    }

    public static TheoryData<string, StallDoubt?> SuspectCases => new()
    {
        { "the agent has the job", StallDoubt.AgentActive },
        { "the pod comes", StallDoubt.PodExists },
        { "the Job goes", StallDoubt.JobGone },
        { "another Job comes", StallDoubt.JobReplaced },
        { "nothing has changed", null },
    };

    [Theory]
    [MemberData(nameof(SuspectCases))]
    public void AJobThatSeemedStalledIsLetOffForAReason(string meanwhile, StallDoubt? expected)
    {
        var job = Story.Revived(StartedJob);
        Assert.Equal([new LifecycleCommand.AskState()], job.Passes(30));
        switch (meanwhile)
        {
            case "the agent has the job":
                job.Says(JobState.Running);
                break;
            case "the pod comes":
                job.Sees(JobWithPod with { Revision = new(2) });
                break;
            case "the Job goes":
                job.Sees(null);
                break;
            case "another Job comes":
                job.Sees(StartedJob with { Uid = "another", Revision = new(2), StartedAt = Noon.AddSeconds(30) });
                break;
            default:
                job.Says(JobState.Reserved);
                break;
        }

        Assert.Equal(expected, job.State.Doubt);
        Assert.Null(job.State.Suspect);
    }

    [Fact]
    public void AReplacementHasItsOwnGrace()
    {
        var job = Story.Revived(StartedJob);
        job.Passes(29);
        job.Sees(StartedJob with { Uid = "another", Revision = new(2), StartedAt = Noon.AddSeconds(29) });
        Assert.Empty(job.Passes(29));
        Assert.Equal([new LifecycleCommand.AskState()], job.Passes(1));
    }

    [Theory]
    [InlineData(JobState.Reserved, true)]
    [InlineData(JobState.Scheduled, true)]
    [InlineData(JobState.Running, false)]
    [InlineData(JobState.Finished, false)]
    [InlineData(JobState.Canceled, false)]
    [InlineData(JobState.Unknown, false)]
    public void APodThatFailedBeforeItsAgentTookTheJobIsReportedOnce(JobState state, bool fails)
    {
        var ended = JobWithPod.Finished("Failed", "BackoffLimitExceeded", failed: 1) with { Revision = new(5) };
        var job = Story.Revived(JobWithPod, PendingPod);
        Assert.Contains(new LifecycleCommand.AskState(), job.Sees(ended));
        job.Says(state);
        Assert.Equal(fails ? 1 : 0, job.Count<LifecycleCommand.Finish>());
        if (fails)
        {
            Assert.Equal(Trouble.PodFailed, job.All.OfType<LifecycleCommand.Finish>().Single().Trouble);
            Assert.Equal([new LifecycleCommand.Stop()], job.Finishes());
            job.Sees(ended with { Revision = new(6) });
            job.Passes(3600);
        }

        Assert.Contains(new LifecycleCommand.Stop(), job.All);
        Assert.Equal(fails ? 1 : 0, job.Count<LifecycleCommand.Finish>());
    }

    [Theory]
    [InlineData("FailedCreate", Trouble.NoPodEver)]
    [InlineData("DeadlineExceeded", Trouble.DeadlineExceeded)]
    public void AJobThatEndedWithoutPodOrByItsDeadlineIsReported(string reason, Trouble trouble)
    {
        var job = Story.Revived(StartedJob.Finished("Failed", reason));
        job.Says(JobState.Reserved);
        Assert.Equal(trouble, job.All.OfType<LifecycleCommand.Finish>().Single().Trouble);
    }

    [Fact]
    public void AfterARevivalNothingIsReportedThatBuildkiteKnows()
    {
        var job = Story.Revived(StartedJob.Finished("Failed"));
        Assert.Equal([new LifecycleCommand.Stop()], job.Says(JobState.Finished));
        Assert.Equal(0, job.Count<LifecycleCommand.Finish>());
    }

    [Fact]
    public void TheAuthorIsToldOnceThatThePodWasEvictedUnderItsAgentAndTheJobIsLeftToIt()
    {
        var job = Story.Revived(JobWithPod, RunningPod);
        var evicted = RunningPod.With(Regular("agent").Ended(137)) with
        {
            Phase = PodPhase.Failed,
            Reason = "Evicted",
            Message = "The node was low on resource: memory.",
            Revision = new(5),
        };
        job.Sees(JobWithPod with { Revision = new(5) }, evicted);
        job.Sees(JobWithPod.Finished("Failed", "BackoffLimitExceeded", failed: 1) with { Revision = new(6) }, evicted);
        job.Says(JobState.Running);
        job.Passes(3600);
        Assert.Equal(
            "The pod was taken away while its agent ran: Evicted: The node was low on resource: memory. The agent may still report how the job ended.",
            job.All.OfType<LifecycleCommand.Notify>().Single().Detail);
        Assert.Equal(0, job.Count<LifecycleCommand.Finish>());
    }

    [Fact]
    public void ADrainIsToldWhileTheAgentCanStillEnd()
    {
        var job = Story.Revived(JobWithPod, RunningPod);
        var draining = RunningPod with
        {
            Revision = new(5),
            DeletedAt = Noon.AddSeconds(30),
            Conditions = [new PodCondition("DisruptionTarget", "True", "EvictionByEvictionAPI", "Eviction API: evicting")],
        };
        var notice = job.Sees(JobWithPod with { Revision = new(5) }, draining).OfType<LifecycleCommand.Notify>().Single();
        Assert.Contains("EvictionByEvictionAPI: Eviction API: evicting", notice.Detail, StringComparison.Ordinal);
        job.Sees(JobWithPod with { Revision = new(6) }, draining with { Revision = new(6) });
        Assert.Equal(1, job.Count<LifecycleCommand.Notify>());
    }

    /// <summary>One that has no agent yet fails the job, whose message has the reason; of an agent that has done its work there is nothing to tell.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void APodWithoutAnAgentAtWorkIsTakenAwayWithoutANotice(bool hasEnded)
    {
        var pod = (hasEnded ? RunningPod.With(Regular("agent").Ended(0)) : PendingPod) with { Phase = PodPhase.Failed, Reason = "Evicted" };
        var job = Story.Revived(JobWithPod.Finished("Failed", failed: 1), pod);
        job.Says(hasEnded ? JobState.Finished : JobState.Reserved);
        Assert.Equal((0, hasEnded ? 0 : 1), (job.Count<LifecycleCommand.Notify>(), job.Count<LifecycleCommand.Finish>()));
    }

    [Fact]
    public void AFailedInitContainerIsReportedAndItsPodLeftToKubernetes()
    {
        var job = Story.Revived(JobWithPod, PendingPod.With(Init("copy-agent").Ended(1)));
        job.Says(JobState.Reserved);
        Assert.Equal(Trouble.InitFailed, job.All.OfType<LifecycleCommand.Finish>().Single().Trouble);
        Assert.Equal([new LifecycleCommand.UnwatchState()], job.Finishes());
        Assert.Empty(job.Sees(JobWithPod with { Revision = new(3) }, PendingPod.With(Init("copy-agent").Ended(1))));
        Assert.Equal([new LifecycleCommand.Stop()], job.Sees(JobWithPod.Finished("Failed", failed: 1) with { Revision = new(4) }));
    }

    [Theory]
    [InlineData(JobState.Reserved)]
    [InlineData(JobState.Scheduled)]
    [InlineData(JobState.Unknown)]
    public void APodWhoseImageCannotBePulledIsReportedAndDeleted(JobState state)
    {
        var job = Story.Revived(JobWithPod, StuckPod);
        Assert.Equal([new LifecycleCommand.AskState()], job.Passes(30));
        job.Says(state);
        Assert.Contains("\"registry/tests:1\"", job.All.OfType<LifecycleCommand.Finish>().Single().Report.Detail, StringComparison.Ordinal);
        Assert.Equal([Deleted(CleanUpReason.ContainersStuck)], job.Finishes().OfType<LifecycleCommand.Remove>());
        job.Removes();
        Assert.Contains(new LifecycleCommand.Stop(), job.Sees(JobWithPod.Finished("Failed", failed: 1) with { Revision = new(9) }));
        Assert.Equal(1, job.Count<LifecycleCommand.Finish>());
    }

    [Fact]
    public void AnAgentThatHasTheJobIsToldOfImageFailuresOnceAndLeftAlone()
    {
        var job = Story.Revived(JobWithPod, RunningPod.With(Regular("tests").Waiting("ImagePullBackOff", "not found")));
        job.Passes(30);
        job.Says(JobState.Running);
        job.Sees(JobWithPod with { Revision = new(2) }, RunningPod.With(Regular("tests").Waiting("ErrImagePull", "not found")));
        job.Passes(3600);
        Assert.Equal(
            "Image pull failure; the job will fail once the agent times out. tests: ImagePullBackOff (not found)",
            Assert.Single(job.All.OfType<LifecycleCommand.Notify>()).Detail);
        Assert.Equal(0, job.Count<LifecycleCommand.Finish>() + job.Count<LifecycleCommand.Remove>());
    }

    [Fact]
    public void APodPendingForTooLongIsReportedAndDeleted()
    {
        var job = Story.Revived(JobWithPod, PendingPod);
        Assert.Equal([new LifecycleCommand.AskState()], job.Passes(900));
        job.Says(JobState.Reserved);
        Assert.Equal(Trouble.PendingTooLong, job.All.OfType<LifecycleCommand.Finish>().Single().Trouble);
        Assert.Contains(Deleted(CleanUpReason.PendingTooLong), job.Finishes());
    }

    [Theory]
    [InlineData(JobState.Reserved, true)]
    [InlineData(JobState.Scheduled, true)]
    [InlineData(JobState.Running, false)]
    [InlineData(JobState.Canceled, false)]
    public void AJobDeletedByHandIsReportedAtOnceIfItStillWaits(JobState state, bool fails)
    {
        var job = Story.Revived(JobWithPod, PendingPod);
        Assert.Contains(new LifecycleCommand.AskState(), job.Sees(null));
        job.Says(state);
        Assert.Equal(fails ? 1 : 0, job.Count<LifecycleCommand.Finish>());
        if (fails)
        {
            job.Finishes();
        }

        Assert.Equal(new LifecycleCommand.Stop(), job.All[^1]);
        Assert.Equal(0, job.Count<LifecycleCommand.Remove>());
    }

    [Fact]
    public void AJobBeingDeletedByHandIsNotWaitedFor()
    {
        var job = Story.Revived(JobWithPod, PendingPod);
        job.Sees(JobWithPod with { Revision = new(2), DeletedAt = Noon }, PendingPod);
        job.Says(JobState.Reserved);
        Assert.Equal(Trouble.JobDeleted, job.All.OfType<LifecycleCommand.Finish>().Single().Trouble);
        job.Finishes();
        job.Sees(null);
        Assert.Equal(1, job.Count<LifecycleCommand.Finish>());
        Assert.Equal(new LifecycleCommand.Stop(), job.All[^1]);
    }

    [Fact]
    public void AJobWeDeletedIsNotDeletedByHand()
    {
        var job = Story.Revived(SuspendedJob);
        job.Says(JobState.Canceled);
        job.Removes();
        Assert.Equal([new LifecycleCommand.Stop()], job.Sees(null));
        Assert.Equal(0, job.Count<LifecycleCommand.AskState>() + job.Count<LifecycleCommand.Finish>());
    }

    [Fact]
    public void ThePodOfALostNodeIsRemovedOnceItsJobHasEndedAndNotBefore()
    {
        var job = Story.Revived(JobWithPod, RunningPod with { DeletedAt = Noon });
        job.Passes(30);
        Assert.Contains(new LifecycleCommand.WatchState(), job.All);
        job.Says(JobState.Running);
        Assert.Equal(0, job.Count<LifecycleCommand.Remove>());
        Assert.Contains(Deleted(CleanUpReason.NodeLost), job.Says(JobState.Finished));
    }

    [Fact]
    public void AJobOfALostNodeThatStillWaitsIsReportedWhenItsPodIsGone()
    {
        var job = Story.Revived(JobWithPod, PendingPod with { DeletedAt = Noon });
        job.Passes(30);
        Assert.Contains(Deleted(CleanUpReason.NodeLost), job.Says(JobState.Reserved));
        job.Removes();
        job.Sees(JobWithPod with { Revision = new(2) });
        job.Sees(JobWithPod.Finished("Failed", failed: 1) with { Revision = new(3) });
        job.Says(JobState.Reserved);
        Assert.Equal(Trouble.PodFailed, job.All.OfType<LifecycleCommand.Finish>().Single().Trouble);
    }

    private static LifecycleCommand.Remove Deleted(CleanUpReason why) =>
        new(CleanUp.Pod, PendingPod.Name, PendingPod.Uid, why == CleanUpReason.JobEnded ? TimeSpan.Zero : TimeSpan.FromSeconds(1), why);
}
