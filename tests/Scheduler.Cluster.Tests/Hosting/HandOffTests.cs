using Scheduler.Cluster.Launching;
using Scheduler.Cluster.Tests.Launching;
using Scheduler.Cluster.Tests.Support;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Tests.Hosting;

/// <summary>A job's actor whose shard moves to another node.</summary>
public sealed class HandOffTests : JobActorKit
{
    [Fact]
    public async Task ALaunchUnderWayIsEndedAndReportedBeforeTheActorGoes()
    {
        await WatchAsync(Actor);
        Actor.Tell(new Run(Jobs.Id(1), Jobs.Grant(1), 0, []));
        await EventuallyAsync(() => Assert.Single(Launcher.Launches));

        Actor.Tell(HandOff.Instance);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
        Launcher.Launches[0].SetResult(new LaunchOutcome.Created("buildkite-1", "uid"));

        Assert.Equal(new Launched(Jobs.Id(1)), await Fetcher.ExpectMsgAsync<Launched>(Patience));
        await ExpectTerminatedAsync(Actor, Patience);
    }

    [Fact]
    public async Task AnActorThatLaunchesNothingGoesAtOnce()
    {
        await WatchAsync(Actor);
        See(Unfinished, Pending());

        Actor.Tell(HandOff.Instance);

        await ExpectTerminatedAsync(Actor, Patience);
    }
}
