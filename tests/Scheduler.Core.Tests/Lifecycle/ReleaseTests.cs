using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Tests.Verdicts;
using Scheduler.Core.Verdicts;
using static Scheduler.Core.Tests.Verdicts.Given;

namespace Scheduler.Core.Tests.Lifecycle;

/// <summary>The end of the Buildkite job while its Kubernetes Job is there (§13), and of the agent (§14).</summary>
public sealed class ReleaseTests
{
    public static TheoryData<JobState> Ends =>
    [
        JobState.Canceled, JobState.Canceling, JobState.Finished, JobState.Expired, JobState.TimedOut, JobState.TimingOut, JobState.Skipped, JobState.Broken,
    ];

    [Theory]
    [MemberData(nameof(Ends))]
    public void AnyEndReleasesAPendingPod(JobState end)
    {
        var job = Story.Revived(JobWithPod, PendingPod);
        Assert.Contains(new LifecycleCommand.WatchState(), job.All);
        Assert.Empty(job.Says(end).OfType<LifecycleCommand.Remove>());
        var removed = Assert.Single(job.Passes(PauseAfter(end)).OfType<LifecycleCommand.Remove>());
        Assert.Equal((CleanUp.Pod, "pod-uid", CleanUpReason.JobEnded), (removed.What, removed.Uid, removed.Why));
        Assert.Empty(job.Says(end).OfType<LifecycleCommand.Remove>());
        job.Removes();
        Assert.Contains(new LifecycleCommand.Stop(), job.Sees(JobWithPod.Finished("Failed", failed: 1) with { Revision = new(2) }));
        Assert.Equal(0, job.Count<LifecycleCommand.Finish>());
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void AnyEndReleasesAJobWithoutPodSuspendedOrNot(JobState end)
    {
        foreach (var fact in new[] { StartedJob, SuspendedJob })
        {
            var job = Story.Revived(fact);
            job.Says(end);
            var removed = Assert.Single(job.Passes(PauseAfter(end)).OfType<LifecycleCommand.Remove>());
            Assert.Equal((CleanUp.Job, "job-uid"), (removed.What, removed.Uid));
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void NoEndTouchesAPodWhoseAgentRuns(JobState end)
    {
        foreach (var pod in new[] { RunningPod, PendingPod.With(Regular("agent").Running(), Regular("tests").Waiting("ErrImagePull")) })
        {
            var job = Story.Revived(JobWithPod, pod);
            job.Says(end);
            job.Passes(120);
            Assert.Equal(0, job.Count<LifecycleCommand.Remove>());
        }
    }

    /// <summary>As when the API server was out of reach: kubelets report only afterwards what Buildkite knows already.</summary>
    [Fact]
    public void APodOfAFinishedJobIsGivenTimeToReportItself()
    {
        var job = Story.Revived(JobWithPod, PendingPod);
        job.Says(JobState.Finished);
        Assert.Empty(job.Passes(29));
        job.Sees(JobWithPod.Finished("Complete", succeeded: 1) with { Revision = new(2) }, PendingPod with { Phase = PodPhase.Succeeded, Revision = new(2) });
        job.Passes(120);
        Assert.Equal(0, job.Count<LifecycleCommand.Remove>());
    }

    /// <summary>Deleting a pod that has done its work would make an older Job controller start another one.</summary>
    [Fact]
    public void APodThatRanFasterThanTheWatchShowedIsLeftAlone()
    {
        var job = Story.Revived(JobWithPod, PendingPod);
        job.Says(JobState.Finished);
        job.Sees(JobWithPod with { Revision = new(2) }, PendingPod with { Phase = PodPhase.Succeeded, Revision = new(2) });
        job.Passes(120);
        Assert.Equal(0, job.Count<LifecycleCommand.Remove>());
    }

    /// <summary>Found by the chaos run: the pod had run, the watch was late, and the Job got a second pod for the one deleted.</summary>
    [Fact]
    public void APodIsClearedAwayOnlyAsItWasSeen()
    {
        var job = Story.Revived(JobWithPod, PendingPod with { Revision = new(7) });
        job.Says(JobState.Canceled);
        var removal = Assert.Single(job.Passes(2).OfType<LifecycleCommand.Remove>());
        Assert.Equal(new Revision(7), removal.AsSeen);

        job.Removes(succeeded: false);
        job.Sees(JobWithPod with { Revision = new(9) }, PendingPod with { Phase = PodPhase.Succeeded, Revision = new(8) });
        job.Passes(120);
        Assert.Equal(1, job.Count<LifecycleCommand.Remove>());
    }

    [Fact]
    public void AJobWithAPodThatIsNotSeenIsNotDeleted()
    {
        var job = Story.Revived(JobWithPod);
        job.Says(JobState.Canceled);
        Assert.Equal(0, job.Count<LifecycleCommand.Remove>());
    }

    [Theory]
    [InlineData(JobState.Scheduled)]
    [InlineData(JobState.Reserved)]
    [InlineData(JobState.Running)]
    [InlineData(JobState.Unknown)]
    public void OtherStatesReleaseNothing(JobState state) => Assert.Empty(Story.Revived(JobWithPod, PendingPod).Says(state));

    [Fact]
    public void ARemovalThatFailedIsTriedAgainEverLater()
    {
        var job = Story.Revived(JobWithPod, PendingPod);
        job.Says(JobState.Canceled);
        job.Passes(2);
        for (var pause = 1; pause <= 32; pause *= 2)
        {
            Assert.Empty(job.Removes(succeeded: false));
            Assert.Empty(job.Passes(pause - 0.5));
            Assert.Single(job.Passes(0.5).OfType<LifecycleCommand.Remove>());
        }
    }

    [Fact]
    public void WhatWasRemovedAndIsStillThereAMinuteLaterIsRemovedAgain()
    {
        var job = Story.Revived(JobWithPod, PendingPod);
        job.Says(JobState.Canceled);
        job.Passes(2);
        job.Removes();
        Assert.Empty(job.Passes(59));
        Assert.Single(job.Passes(1).OfType<LifecycleCommand.Remove>());
    }

    [Fact]
    public void AJobWhoseDeletedPodIsReplacedIsEndedByADeadline()
    {
        var job = Story.Revived(JobWithPod, PendingPod);
        job.Says(JobState.Canceled);
        Assert.Equal(CleanUp.Pod, Assert.Single(job.Passes(2).OfType<LifecycleCommand.Remove>()).What);
        job.Removes();
        var ended = Assert.Single(job.Sees(JobWithPod with { Revision = new(3) }, PendingPod with { Uid = "successor", Revision = new(3) }).OfType<LifecycleCommand.Remove>());
        Assert.Equal((CleanUp.JobByDeadline, "job-uid"), (ended.What, ended.Uid));
        job.Removes();
        Assert.Contains(new LifecycleCommand.Stop(), job.Sees(JobWithPod.Finished("Failed", "DeadlineExceeded", failed: 1) with { Revision = new(4) }));
    }

    [Fact]
    public void AFinishRefusedBecauseAnAgentTookTheJobAtThatMomentLeavesThePodAlone()
    {
        var job = Story.Revived(JobWithPod, PendingPod.With(Regular("tests").Waiting("ErrImagePull")));
        job.Passes(30);
        job.Says(JobState.Reserved);
        job.Finishes(FinishResult.Refused);
        job.Says(JobState.Reserved);
        job.Says(JobState.Running);
        Assert.Equal(0, job.Count<LifecycleCommand.Remove>());
        Assert.Equal(1, job.Count<LifecycleCommand.Finish>());
        Assert.Single(job.Says(JobState.Finished).OfType<LifecycleCommand.Remove>());
    }

    [Fact]
    public void AFinishThatCanNeverSucceedStillFreesThePod()
    {
        var job = Story.Revived(JobWithPod, PendingPod.With(Regular("tests").Waiting("InvalidImageName")));
        job.Says(JobState.Reserved);
        Assert.Single(job.Finishes(FinishResult.Impossible).OfType<LifecycleCommand.Remove>());
    }

    [Fact]
    public void BuildkiteOutOfReachIsAskedEverLaterAndNothingIsDoneMeanwhile()
    {
        var job = Story.Revived(JobWithPod, PendingPod.With(Regular("tests").Waiting("InvalidImageName")));
        for (var pause = 1; pause <= 32; pause *= 2)
        {
            Assert.Empty(job.Says(null));
            Assert.Empty(job.Passes(pause - 0.5));
            Assert.Equal([new LifecycleCommand.AskState()], job.Passes(0.5));
        }

        Assert.Equal(0, job.Count<LifecycleCommand.Finish>() + job.Count<LifecycleCommand.Remove>());
    }

    [Fact]
    public void AnAnswerThatNeverComesIsAskedForAgain()
    {
        var job = Story.Revived(JobWithPod, PendingPod.With(Regular("tests").Waiting("InvalidImageName")));
        Assert.Empty(job.Sees(JobWithPod with { Revision = new(2) }, job.State.Pod));
        Assert.Equal([new LifecycleCommand.AskState()], job.Passes(60));
    }

    [Fact]
    public void WhenTheAgentHasEndedTheJobIsGivenADeadlineOnceItsPodLingers()
    {
        var job = Story.Revived(JobWithPod, RunningPod);
        job.Passes(600);
        Assert.Empty(job.Sees(JobWithPod with { Revision = new(2) }, RunningPod.With(Regular("agent").Ended(0, at: Noon.AddSeconds(600)))));
        Assert.Equal(
            [new LifecycleCommand.Remove(CleanUp.JobByDeadline, "buildkite-1", "job-uid", TimeSpan.FromSeconds(60), CleanUpReason.Overstaying)],
            job.Passes(5));
        Assert.Empty(job.Removes(succeeded: false));
        Assert.Single(job.Passes(1).OfType<LifecycleCommand.Remove>());
        job.Removes();
        job.Sees(JobWithPod with { Revision = new(3), Deadline = TimeSpan.FromSeconds(60) }, RunningPod.With(Regular("agent").Ended(0, at: Noon)));
        Assert.Empty(job.Passes(3600));
    }

    [Fact]
    public void AnIdleJobSetsNoAlarm()
    {
        var job = Story.Revived(JobWithPod, RunningPod);
        Assert.Null(job.State.WakeAt);
        Assert.False(job.State.Watching);
        Assert.Same(StuckContainers.None, job.State.Stuck);
    }

    [Fact]
    public void AnOlderSightingChangesNothing()
    {
        var job = Story.Revived(JobWithPod with { Revision = new(7) }, RunningPod with { Revision = new(8) });
        job.Sees(StartedJob with { Revision = new(6) });
        job.Sees(JobWithPod with { Revision = new(7) }, PendingPod with { Revision = new(5) });
        Assert.Equal(LifecycleStage.Running, job.State.Stage);
    }

    /// <summary>Seconds until what the job left is cleared away.</summary>
    private static double PauseAfter(JobState end) =>
        (end == JobState.Finished ? Story.Settings.FinishedPause : Story.Settings.ReleasePause).TotalSeconds;

    /// <summary>The store was restored, and revisions count on from the backup's.</summary>
    [Fact]
    public void WhatIsShownWithALowerRevisionForMinutesIsBelieved()
    {
        var job = Story.Revived(JobWithPod with { Revision = new(1000) }, PendingPod with { Revision = new(1000) });
        var ended = JobWithPod.Finished("Failed", failed: 1) with { Revision = new(60) };
        job.Sees(ended);
        Assert.Equal(new Revision(1000), job.State.KubernetesJob!.Revision);
        job.Passes(200);
        job.Sees(ended);
        Assert.Equal(new Revision(60), job.State.KubernetesJob!.Revision);
    }
}
