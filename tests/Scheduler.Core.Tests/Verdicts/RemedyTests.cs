using Scheduler.Core.Jobs;
using Scheduler.Core.Verdicts;

namespace Scheduler.Core.Tests.Verdicts;

public sealed class RemedyTests
{
    private static readonly Trouble[] AllTroubles = Enum.GetValues<Trouble>();

    [Theory]
    [InlineData(JobStanding.Waiting, JobState.Scheduled, JobState.Reserved)]
    [InlineData(JobStanding.Owned, JobState.Assigned, JobState.Accepted, JobState.Running)]
    [InlineData(
        JobStanding.Ended,
        JobState.Finished, JobState.Canceling, JobState.Canceled, JobState.TimingOut, JobState.TimedOut, JobState.Expired, JobState.Skipped, JobState.Broken)]
    [InlineData(JobStanding.Elsewhere, JobState.Unknown, JobState.Pending, JobState.Limited, JobState.Blocked)]
    public void StatesAreSorted(JobStanding standing, params JobState[] states) =>
        Assert.All(states, state => Assert.Equal(standing, state.Standing()));

    [Fact]
    public void AJobThatAnAgentHasIsLeftToIt() =>
        Assert.All(AllTroubles, trouble => Assert.Equal(
            Remedy.None with { TellAuthor = trouble == Trouble.ContainersStuck }, Remedy.For(trouble, JobStanding.Owned)));

    [Fact]
    public void AnEndedJobIsNeverFailedAgain() =>
        Assert.All(AllTroubles, trouble => Assert.False(Remedy.For(trouble, JobStanding.Ended).FailJob));

    [Theory]
    [InlineData(Trouble.PodFailed, CleanUp.Nothing)]
    [InlineData(Trouble.NoPodEver, CleanUp.Nothing)]
    [InlineData(Trouble.Stalled, CleanUp.JobByDeadline)]
    [InlineData(Trouble.InitFailed, CleanUp.Nothing)]
    [InlineData(Trouble.ContainersStuck, CleanUp.Pod)]
    [InlineData(Trouble.PendingTooLong, CleanUp.Pod)]
    [InlineData(Trouble.DeadlineExceeded, CleanUp.Nothing)]
    [InlineData(Trouble.JobDeleted, CleanUp.Nothing)]
    public void AWaitingJobIsFailedAndWhatIsLeftIsClearedAway(Trouble trouble, CleanUp cleanUp) =>
        Assert.Equal(new Remedy(FailJob: true, cleanUp), Remedy.For(trouble, JobStanding.Waiting));

    [Theory]
    [InlineData(Trouble.Stalled, CleanUp.Job)]
    [InlineData(Trouble.ContainersStuck, CleanUp.Pod)]
    [InlineData(Trouble.PendingTooLong, CleanUp.Pod)]
    [InlineData(Trouble.NodeLost, CleanUp.Pod)]
    [InlineData(Trouble.PodFailed, CleanUp.Nothing)]
    public void AnEndedJobReleasesWhatItHas(Trouble trouble, CleanUp cleanUp) =>
        Assert.Equal(new Remedy(FailJob: false, cleanUp), Remedy.For(trouble, JobStanding.Ended));

    [Theory]
    [InlineData(Trouble.Stalled, true)]
    [InlineData(Trouble.ContainersStuck, true)]
    [InlineData(Trouble.PodFailed, false)]
    [InlineData(Trouble.JobDeleted, false)]
    [InlineData(Trouble.NodeLost, false)]
    public void AJobUnknownToBuildkiteIsFailedOnlyIfItIsInTheWay(Trouble trouble, bool fails) =>
        Assert.Equal(fails, Remedy.For(trouble, JobStanding.Elsewhere).FailJob);

    [Fact]
    public void APodOfALostNodeGoesUnlessAnAgentHasTheJob()
    {
        Assert.Equal(new Remedy(FailJob: false, CleanUp.Pod), Remedy.For(Trouble.NodeLost, JobStanding.Waiting));
        Assert.Equal(Remedy.None, Remedy.For(Trouble.NodeLost, JobStanding.Owned));
    }
}
