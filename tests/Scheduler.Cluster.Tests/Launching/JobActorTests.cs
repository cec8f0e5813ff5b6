using Akka.Cluster.Sharding;
using Scheduler.Cluster.Batching;
using Scheduler.Cluster.Tests.Support;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Protocol;
using Scheduler.Core.Verdicts;

namespace Scheduler.Cluster.Tests.Launching;

/// <summary>The token's way through the actor.</summary>
public sealed class JobActorTests : JobActorKit
{
    [Fact]
    public async Task ACreatedJobIsReportedAndTheTokenKept()
    {
        await EndAsync(new LaunchOutcome.Created("buildkite-1", "uid"));
        Assert.Equal(new Launched(Jobs.Id(1)), await Fetcher.ExpectMsgAsync<Launched>(Patience));
        Assert.Equal(new Notify(Jobs.Id(1), FailureText.Created), await Notifications.ExpectMsgAsync<Notify>(Patience));
        Assert.Equal(new WatchState(Jobs.Id(1)), await States.ExpectMsgAsync<WatchState>(Patience));
        await Limiter.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task WhenNothingWasCreatedTheTokenIsGivenBack()
    {
        await EndAsync(new LaunchOutcome.NothingCreated(LaunchOutlook.Over, "cancelled"));
        Assert.Equal(new Return(Jobs.Id(1), Jobs.Grant(1)), await Limiter.ExpectMsgAsync<Return>(Patience));
        Assert.Equal(new NotLaunched(Jobs.Id(1), LaunchOutlook.Over), await Fetcher.ExpectMsgAsync<NotLaunched>(Patience));
        await LeavesAsync();
    }

    [Fact]
    public async Task APassingFaultIsToldTheAuthorAndTriedAgain()
    {
        await EndAsync(new LaunchOutcome.NothingCreated(LaunchOutlook.TryAgain, "quota") { Notice = "quota" });
        Assert.Equal(new Return(Jobs.Id(1), Jobs.Grant(1)), await Limiter.ExpectMsgAsync<Return>(Patience));
        Assert.Equal(LaunchOutlook.TryAgain, (await Fetcher.ExpectMsgAsync<NotLaunched>(Patience)).Outlook);
        Assert.Contains("quota", (await Notifications.ExpectMsgAsync<Notify>(Patience)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AJobThatCannotBeMadeIsFailed()
    {
        await EndAsync(new LaunchOutcome.Impossible("no such resource class"));
        await Limiter.ExpectMsgAsync<Return>(Patience);
        Assert.Equal(LaunchOutlook.Over, (await Fetcher.ExpectMsgAsync<NotLaunched>(Patience)).Outlook);
        await EventuallyAsync(() => Assert.Equal(["no such resource class"], Effects.Finishes));
        await LeavesAsync();
    }

    [Fact]
    public async Task ALaunchInDoubtKeepsTheTokenUntilTheLimiterKnows()
    {
        await EndAsync(new LaunchOutcome.InDoubt("timeout"));
        Assert.Equal(LaunchOutlook.TryAgain, (await Fetcher.ExpectMsgAsync<NotLaunched>(Patience)).Outlook);
        await Limiter.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task ALaunchThatFaultsIsInDoubt()
    {
        await BeginAsync();
        Launcher.Launches[0].SetException(new InvalidOperationException("bug"));
        Assert.Equal(LaunchOutlook.TryAgain, (await Fetcher.ExpectMsgAsync<NotLaunched>(Patience)).Outlook);
        await Limiter.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task ARepeatedRunLaunchesOnce()
    {
        await BeginAsync();
        Actor.Tell(new Run(Jobs.Id(1), Jobs.Grant(1), 0, []));
        Launcher.Launches[0].SetResult(new LaunchOutcome.AlreadyThere("buildkite-1"));
        await ExpectMsgAsync<Passivate>(Patience);
        Assert.Single(Launcher.Launches);
    }

    private async Task BeginAsync()
    {
        Actor.Tell(new Run(Jobs.Id(1), Jobs.Grant(1), 0, []));
        await EventuallyAsync(() => Assert.Single(Launcher.Launches));
    }

    private async Task EndAsync(LaunchOutcome outcome)
    {
        await BeginAsync();
        Launcher.Launches[0].SetResult(outcome);
    }
}
