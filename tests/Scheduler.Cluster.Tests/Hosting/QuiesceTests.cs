using Akka.Actor;
using Akka.TestKit;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Tests.Support;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Tests.Hosting;

/// <summary>JobFetcher on a node that is about to leave.</summary>
public sealed class QuiesceTests : VirtualTimeKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeWaitingList _buildkite;
    private readonly TestProbe _limiter;
    private readonly TestProbe _jobs;

    public QuiesceTests() => (_buildkite, _limiter, _jobs) = (new FakeWaitingList(Time), CreateTestProbe(), CreateTestProbe());

    [Fact]
    public async Task WithoutLaunchesItIsQuietAtOnce()
    {
        Start().Tell(Quiesce.Instance, TestActor);
        await ExpectMsgAsync<Quiesced>(Patience);
    }

    [Fact]
    public async Task ItIsQuietWhenItsLaunchesHaveEndedAndAsksForNothingMore()
    {
        _buildkite.Jobs = [Jobs.Waiting(1)];
        var fetcher = Start();
        Grant(await _limiter.ExpectMsgAsync<Take>(Patience));
        await _jobs.ExpectMsgAsync<Run>(Patience);

        fetcher.Tell(Quiesce.Instance, TestActor);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
        _buildkite.Jobs = [Jobs.Waiting(1), Jobs.Waiting(2)];
        Advance(TimeSpan.FromSeconds(2));
        fetcher.Tell(new Launched(Jobs.Id(1)));

        await ExpectMsgAsync<Quiesced>(Patience);
        await _limiter.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task ATokenThatComesTooLateIsGivenBack()
    {
        _buildkite.Jobs = [Jobs.Waiting(1)];
        var fetcher = Start();
        var take = await _limiter.ExpectMsgAsync<Take>(Patience);
        fetcher.Tell(Quiesce.Instance, TestActor);
        await ExpectMsgAsync<Quiesced>(Patience);

        Grant(take);

        Assert.Equal(new Return(Jobs.Id(1), Jobs.Grant(1)), await _limiter.ExpectMsgAsync<Return>(Patience));
    }

    private IActorRef Start() => Sys.ActorOf(JobFetcher.Props(
        new FetcherSettings { Tags = Scheduler.Core.Tags.AgentTags.Parse(["queue=linux"]) }, _buildkite, _limiter, _jobs, Time));

    private void Grant(Take take) => _limiter.Reply(new Granted(take.Job, Jobs.Grant(1), TimeSpan.FromSeconds(9)));
}
