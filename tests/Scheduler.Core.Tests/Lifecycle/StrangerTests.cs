using Scheduler.Core.Facts;
using Scheduler.Core.Jobs;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Verdicts;
using static Scheduler.Core.Tests.Verdicts.Given;

namespace Scheduler.Core.Tests.Lifecycle;

/// <summary>What somebody else's objects with a job's labels cannot do to it.</summary>
public sealed class StrangerTests
{
    private static readonly PodFact Forged = PendingPod.With(Init("copy-agent").Ended(1)) with
    {
        Uid = "forged",
        Owner = "elsewhere",
        Phase = PodPhase.Failed,
    };

    private static readonly JobFact OfAnotherName = StartedJob.Finished("Failed", "DeadlineExceeded", failed: 1) with
    {
        Name = "x-1",
        Uid = "forged",
        Revision = new(9),
    };

    [Theory]
    [InlineData("elsewhere")]
    [InlineData(null)]
    public void APodOfNoJobOrOfAnotherFailsNothing(string? owner)
    {
        var job = Story.Revived(JobWithPod, RunningPod);

        job.Sees(JobWithPod with { Revision = new(2) }, Forged with { Owner = owner });
        job.Passes(3600);

        Assert.Null(job.State.Pod);
        Assert.Equal((0, 0), (job.Count<LifecycleCommand.Finish>(), job.Count<LifecycleCommand.Remove>()));
    }

    [Fact]
    public void ItsJobsOwnPodFailsIt()
    {
        var job = Story.Revived(JobWithPod, Forged with { Owner = JobWithPod.Uid });

        Assert.Single(job.Says(JobState.Reserved).OfType<LifecycleCommand.Finish>());
    }

    [Fact]
    public void APodWithoutAJobIsNobodys()
    {
        var job = Story.Revived(job: null, Forged);

        Assert.IsType<LifecycleCommand.Stop>(Assert.Single(job.All));
    }

    [Fact]
    public void TheEndOfAJobOfAnotherNameIsNotTheEndOfTheOneThatWasCreated()
    {
        var job = new Story();
        job.Runs();
        job.Launches(new LaunchOutcome.Created(StartedJob.Name, StartedJob.Uid));

        job.Sees(OfAnotherName);
        job.Passes(60);
        Assert.Equal(0, job.Count<LifecycleCommand.Finish>() + job.Count<LifecycleCommand.Remove>());

        job.Sees(JobWithPod with { Revision = new(10) }, RunningPod);
        Assert.Equal(LifecycleStage.Running, job.State.Stage);
    }

    [Fact]
    public void AJobThatIsGoneIsGoneThoughOneOfAnotherNameIsShownInItsPlace()
    {
        var job = Story.Revived(JobWithPod);

        job.Sees(OfAnotherName with { State = KubernetesJobState.Unfinished });

        Assert.True(job.State.Vanished);
        var failed = Assert.Single(job.Says(JobState.Reserved).OfType<LifecycleCommand.Finish>());
        Assert.Equal(Trouble.JobDeleted, failed.Trouble);
    }
}
