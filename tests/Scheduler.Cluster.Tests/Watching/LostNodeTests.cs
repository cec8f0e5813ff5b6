using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using Scheduler.Cluster.Tests.Support;
using Scheduler.Cluster.Watching;
using Scheduler.Core.Facts;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Tests.Watching;

/// <summary>In a cluster of two of which one goes.</summary>
public sealed class LostNodeTests() : TestKit(Clustered)
{
    private const string Clustered = """
        akka.actor.provider = cluster
        akka.remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
        akka.loglevel = WARNING
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task JobsAreToldAgainWhenANodeHasGoneThoughNothingAboutThemChanged()
    {
        var (jobs, pods) = (new ScriptedWatch<JobFact>(), new ScriptedWatch<PodFact>());
        var seldom = new WatcherSettings { RepeatInterval = TimeSpan.FromDays(10) };
        var cluster = Akka.Cluster.Cluster.Get(Sys);
        await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(Patience);
        using var other = ActorSystem.Create(Sys.Name, ConfigurationFactory.ParseString(Clustered));
        await Akka.Cluster.Cluster.Get(other).JoinAsync(cluster.SelfAddress).WaitAsync(Patience);
        await AwaitAssertAsync(() => Assert.Equal(2, cluster.State.Members.Count(member => member.Status == MemberStatus.Up)), Patience);

        Sys.ActorOf(K8sWatcher.Props(jobs, pods, CreateTestProbe(), TestActor, seldom));
        pods.Say(Facts.Listed<PodFact>());
        jobs.Say(Facts.Listed(Facts.Running(1)));
        await ExpectMsgAsync<Seen>(Patience);
        await SilenceAsync();

        await Akka.Cluster.Cluster.Get(other).LeaveAsync().WaitAsync(Patience);

        Assert.Equal(Facts.Running(1), (await ExpectMsgAsync<Seen>(Patience)).KubernetesJob);
    }

    /// <summary>What the first list and the first second of repeating say has been said.</summary>
    private async Task SilenceAsync()
    {
        while (true)
        {
            try
            {
                await ExpectMsgAsync<Seen>(TimeSpan.FromSeconds(3));
            }
            catch (Xunit.Sdk.XunitException)
            {
                return;
            }
        }
    }
}
