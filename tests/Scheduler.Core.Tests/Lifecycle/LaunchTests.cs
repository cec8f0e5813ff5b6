using Scheduler.Core.Jobs;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Protocol;
using Scheduler.Core.Verdicts;
using static Scheduler.Core.Tests.Verdicts.Given;

namespace Scheduler.Core.Tests.Lifecycle;

/// <summary>From the token to the Kubernetes Job.</summary>
public sealed class LaunchTests
{
    private readonly Story _job = new();

    public LaunchTests() => Assert.Equal([new LifecycleCommand.Launch(Story.RunOf(1))], _job.Runs());

    [Fact]
    public void ACreatedJobIsReportedNotedAndWatched()
    {
        Assert.Equal(
            [new LifecycleCommand.TellLaunched(), new LifecycleCommand.Notify(FailureText.Created), new LifecycleCommand.WatchState()],
            _job.Launches(new LaunchOutcome.Created("buildkite-1", "job-uid")));
        Assert.Equal(LifecycleStage.Created, _job.State.Stage);
    }

    [Fact]
    public void TheWatchMayBeFasterThanTheAnswerToTheCreate()
    {
        _job.Sees(JobWithPod, PendingPod);
        _job.Launches(new LaunchOutcome.Created("buildkite-1", "job-uid"));
        Assert.Equal(LifecycleStage.Pending, _job.State.Stage);
    }

    [Fact]
    public void AJobThatExistsAlreadyIsCountedByItsTokenUntilTheLimiterKnowsOfIt() => Assert.Equal(
        [new LifecycleCommand.TellLaunched(), new LifecycleCommand.Stop()],
        _job.Launches(new LaunchOutcome.AlreadyThere("buildkite-1")));

    [Fact]
    public void AJobThatEndedMeanwhileIsForgotten() => Assert.Equal(
        [new LifecycleCommand.ReturnToken(Story.Grant(1)), new LifecycleCommand.TellNotLaunched(LaunchOutlook.Over), new LifecycleCommand.Stop()],
        _job.Launches(new LaunchOutcome.NothingCreated(LaunchOutlook.Over, "cancelled")));

    [Fact]
    public void ALaunchInDoubtKeepsItsToken()
    {
        Assert.Equal(
            [new LifecycleCommand.TellNotLaunched(LaunchOutlook.TryAgain), new LifecycleCommand.Stop()],
            _job.Launches(new LaunchOutcome.InDoubt("time-out")));
        Assert.Equal(0, _job.Count<LifecycleCommand.ReturnToken>());
    }

    [Fact]
    public void APassingFaultIsTriedAgainAndToldOncePerReason()
    {
        Assert.Equal(
            [
                new LifecycleCommand.ReturnToken(Story.Grant(1)),
                new LifecycleCommand.TellNotLaunched(LaunchOutlook.TryAgain),
                new LifecycleCommand.Notify(FailureText.LaunchDelayed("exceeded quota: pods, used 10")),
            ],
            _job.Launches(Refused("exceeded quota: pods, used 10")));
        _job.Passes(30);
        _job.Runs(2);
        _job.Launches(Refused("exceeded quota: pods, used 11"), 2);
        Assert.Equal(1, _job.Count<LifecycleCommand.Notify>());
        _job.Runs(3);
        _job.Launches(Refused("admission webhook said no"), 3);
        Assert.Equal(2, _job.Count<LifecycleCommand.Notify>());
        Assert.Equal(3, _job.Count<LifecycleCommand.ReturnToken>());
        Assert.Equal([new LifecycleCommand.Stop()], _job.Passes(700));
    }

    [Fact]
    public void AServerErrorOfUnknownOutcomeIsToldToo()
    {
        _job.Launches(new LaunchOutcome.InDoubt("HTTP 503") { Notice = "HTTP 503" });
        Assert.Contains(new LifecycleCommand.Notify(FailureText.LaunchDelayed("HTTP 503")), _job.All);
        Assert.Equal(0, _job.Count<LifecycleCommand.ReturnToken>());
    }

    [Fact]
    public void AJobThatCanNeverBeMadeIsFailedOnceAndItsTokenReturnedAtOnce()
    {
        Assert.Equal(
            [
                new LifecycleCommand.ReturnToken(Story.Grant(1)),
                new LifecycleCommand.TellNotLaunched(LaunchOutlook.Over),
                new LifecycleCommand.Finish(new FailureReport("no such resource class", null), null),
            ],
            _job.Launches(new LaunchOutcome.Impossible("no such resource class")));
        Assert.Equal([new LifecycleCommand.Stop()], _job.Finishes());
    }

    [Fact]
    public void AFinishThatFailedForAPassingReasonIsTriedAgainAfterAskingWhetherItIsStillNeeded()
    {
        _job.Launches(new LaunchOutcome.Impossible("wrong"));
        Assert.Empty(_job.Finishes(FinishResult.TryAgain));
        Assert.Equal([new LifecycleCommand.AskState()], _job.Passes(1));
        Assert.Equal([new LifecycleCommand.Finish(new FailureReport("wrong", null), null)], _job.Says(JobState.Reserved));
        Assert.Empty(_job.Finishes(FinishResult.TryAgain));
        Assert.Empty(_job.Passes(1));
        Assert.Equal([new LifecycleCommand.AskState()], _job.Passes(1));
        Assert.Equal([new LifecycleCommand.Stop()], _job.Says(JobState.Finished));
    }

    [Fact]
    public void AFinishThatCanNeverSucceedEndsTheAttempt()
    {
        _job.Launches(new LaunchOutcome.Impossible("wrong"));
        Assert.Equal([new LifecycleCommand.Stop()], _job.Finishes(FinishResult.Impossible));
        Assert.Equal(1, _job.Count<LifecycleCommand.Finish>());
    }

    [Fact]
    public void AJobThatIsBeingFailedIsNotStartedAgain()
    {
        _job.Launches(new LaunchOutcome.Impossible("wrong"));
        Assert.Equal(
            [new LifecycleCommand.ReturnToken(Story.Grant(2)), new LifecycleCommand.TellNotLaunched(LaunchOutlook.Over)], _job.Runs(2));
    }

    [Fact]
    public void ARepeatedRunLaunchesOnceAndAnotherGrantFollows()
    {
        Assert.Empty(_job.Runs());
        Assert.Empty(_job.Runs(2));
        Assert.Equal([new LifecycleCommand.ReturnToken(Story.Grant(2))], _job.Runs(3));
        var commands = _job.Launches(new LaunchOutcome.InDoubt("lost"));
        Assert.Contains(new LifecycleCommand.Launch(Story.RunOf(3)), commands);
    }

    [Fact]
    public void WarningsOfTheBuildAreNoted()
    {
        _job.Launches(new LaunchOutcome.Created("buildkite-1", "job-uid") { Warnings = ["kubernetes.podSpecPach is unknown"] });
        Assert.Contains(new LifecycleCommand.Notify("kubernetes.podSpecPach is unknown"), _job.All);
    }

    [Fact]
    public void AJobCancelledBeforeItIsSeenIsLeftToItsSuccessor()
    {
        _job.Launches(new LaunchOutcome.Created("buildkite-1", "job-uid"));
        Assert.Equal([new LifecycleCommand.UnwatchState(), new LifecycleCommand.Stop()], _job.Says(JobState.Canceled));
    }

    private static LaunchOutcome.NothingCreated Refused(string why) => new(LaunchOutlook.TryAgain, why) { Notice = why };
}
