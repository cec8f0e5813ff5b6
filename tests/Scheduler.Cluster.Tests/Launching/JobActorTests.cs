using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Scheduler.Cluster.Launching;
using Scheduler.Cluster.Tests.Support;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Tests.Launching;

public sealed class JobActorTests : TestKit
{
    private readonly TestProbe _limiter;
    private readonly TestProbe _fetcher;
    private readonly PendingLauncher _launcher = new();
    private readonly IActorRef _actor;

    public JobActorTests()
    {
        (_limiter, _fetcher) = (CreateTestProbe(), CreateTestProbe());
        _actor = ActorOfAsTestActorRef<JobActor>(JobActor.Props(_launcher, _limiter, _fetcher), TestActor);
    }

    [Fact]
    public async Task ACreatedJobIsReportedAndTheTokenKept()
    {
        await EndAsync(new LaunchOutcome.Created("buildkite-1"));
        Assert.Equal(new Launched(Jobs.Id(1)), await _fetcher.ExpectMsgAsync<Launched>());
        await _limiter.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task WhenNothingWasCreatedTheTokenIsGivenBack()
    {
        await EndAsync(new LaunchOutcome.NothingCreated(LaunchOutlook.Over, "cancelled"));
        Assert.Equal(new Return(Jobs.Id(1), Jobs.Grant(1)), await _limiter.ExpectMsgAsync<Return>());
        Assert.Equal(new NotLaunched(Jobs.Id(1), LaunchOutlook.Over), await _fetcher.ExpectMsgAsync<NotLaunched>());
    }

    [Fact]
    public async Task ALaunchInDoubtKeepsTheTokenUntilTheLimiterKnows()
    {
        await EndAsync(new LaunchOutcome.InDoubt("timeout"));
        Assert.Equal(LaunchOutlook.TryAgain, (await _fetcher.ExpectMsgAsync<NotLaunched>()).Outlook);
        await _limiter.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task ARepeatedRunLaunchesOnce()
    {
        var run = new Run(Jobs.Id(1), Jobs.Grant(1), 0, []);
        _actor.Tell(run);
        _actor.Tell(run);
        await AwaitAssertAsync(() => Assert.Single(_launcher.Launches));
        _launcher.Launches[0].SetResult(new LaunchOutcome.Created("buildkite-1"));
        await ExpectMsgAsync<Passivate>();
        Assert.Single(_launcher.Launches);
    }

    private async Task EndAsync(LaunchOutcome outcome)
    {
        _actor.Tell(new Run(Jobs.Id(1), Jobs.Grant(1), 0, []));
        await AwaitAssertAsync(() => Assert.Single(_launcher.Launches));
        _launcher.Launches[0].SetResult(outcome);
    }

    private sealed class PendingLauncher : IJobLauncher
    {
        public List<TaskCompletionSource<LaunchOutcome>> Launches { get; } = [];

        public Task<LaunchOutcome> LaunchAsync(Run run, CancellationToken cancellationToken)
        {
            Launches.Add(new TaskCompletionSource<LaunchOutcome>(TaskCreationOptions.RunContinuationsAsynchronously));
            return Launches[^1].Task;
        }
    }
}
