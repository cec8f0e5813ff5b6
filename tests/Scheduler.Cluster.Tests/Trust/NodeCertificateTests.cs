using System.Collections.Concurrent;
using Akka.Actor;
using Scheduler.Cluster.Tests.Formation;
using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;
using Scheduler.Testing.Waiting;

namespace Scheduler.Cluster.Tests.Trust;

/// <summary>Whole nodes: who becomes a member, and whose messages arrive.</summary>
[Collection(ClusterCollection.Name)]
public sealed class NodeCertificateTests : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(3));
    private readonly Authority _ours = new("ours");
    private readonly Authority _theirs = new("theirs");
    private readonly TlsNodes _nodes = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _nodes.DisposeAsync();

    public void Dispose()
    {
        _theirs.Dispose();
        _ours.Dispose();
        _deadline.Dispose();
    }

    [Fact]
    public async Task NodesWithCertificatesOfOneAuthorityFormAClusterAndStrangersStayOutside()
    {
        var one = await _nodes.StartAsync(_ours.Issue("one.nodes.test"));
        var two = await _nodes.StartAsync(_ours.Issue("two.nodes.test"));
        var strangers = new List<TestNode> { await _nodes.StartAsync(certificate: null) };
        foreach (var kind in new[] { "other authority", "code signing only", "other name", "expired" })
        {
            strangers.Add(await _nodes.StartAsync(Certificates.Of(kind, _ours, _theirs)));
        }

        Assert.Equal("akka.ssl.tcp", one.Cluster.SelfAddress.Protocol);
        foreach (var stranger in strangers)
        {
            AskToJoin(stranger, one);
        }

        AskToJoin(two, one);

        await Eventually.TrueAsync(() => one.Members >= 2 && two.Members >= 2, _deadline.Token);

        // They asked first, so they had their chance.
        Assert.Equal(2, one.Cluster.State.Members.Count);
        Assert.All(strangers, stranger => Assert.Equal(Akka.Cluster.MemberStatus.Removed, stranger.Cluster.SelfMember.Status));
    }

    /// <summary>The message that would end the limiter, and one that would take its tokens.</summary>
    [Fact]
    public async Task AStrangersForgedMessageDoesNotReachTheLimiter()
    {
        var one = await _nodes.StartAsync(_ours.Issue("one.nodes.test"));
        var received = new ConcurrentQueue<object>();
        one.System.ActorOf(Props.Create(() => new Recorder(received)), "limiter");
        var member = await _nodes.StartAsync(_ours.Issue("two.nodes.test"));
        var strangers = new List<TestNode> { await _nodes.StartAsync(certificate: null) };
        foreach (var kind in new[] { "other authority", "server only", "client only", "code signing only" })
        {
            strangers.Add(await _nodes.StartAsync(Certificates.Of(kind, _ours, _theirs)));
        }

        foreach (var stranger in strangers)
        {
            Forge(stranger, one, number: 1);
        }

        // Again and again, so that the strangers' connections had at least as much time as the one that is let in.
        await Eventually.TrueAsync(
            () =>
            {
                Forge(member, one, number: 2);
                return received.Count > 3;
            },
            TimeSpan.FromMilliseconds(500),
            _deadline.Token);
        Assert.All(received, message => Assert.Equal(Number(2), Assert.IsType<Return>(message).Job));
    }

    private static void AskToJoin(TestNode node, TestNode other) => node.Cluster.Join(other.Cluster.SelfAddress);

    private static void Forge(TestNode from, TestNode to, int number)
    {
        var address = to.Cluster.SelfAddress.WithProtocol(from.Cluster.SelfAddress.Protocol);
        from.System.ActorSelection(new RootActorPath(address) / "user" / "limiter").Tell(new Return(Number(number), Support.Jobs.Grant(number)));
    }

    private static JobId Number(int number) => Support.Jobs.Id(number);

    private sealed class Recorder : UntypedActor
    {
        private readonly ConcurrentQueue<object> _received;

        public Recorder(ConcurrentQueue<object> received) => _received = received;

        protected override void OnReceive(object message) => _received.Enqueue(message);
    }
}
