using System.Net;
using System.Net.Sockets;
using k8s;
using Scheduler.Cluster.Coordination;
using Scheduler.Cluster.Formation;
using Scheduler.Cluster.Hosting;
using Scheduler.Cluster.Tests.Formation;
using Scheduler.Kubernetes.Leases;
using Scheduler.Testing.Waiting;

namespace Scheduler.Cluster.Tests.Hosting;

[Collection(ClusterCollection.Name)]
public sealed class NodeCertificateTests : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(3));
    private readonly Authority _ours = new("ours");
    private readonly Authority _theirs = new("theirs");
    private readonly k8s.Kubernetes _nowhere = new(new KubernetesClientConfiguration { Host = "http://127.0.0.1:1" });

    public void Dispose()
    {
        _nowhere.Dispose();
        _theirs.Dispose();
        _ours.Dispose();
        _deadline.Dispose();
    }

    [Fact]
    public void OnlyCertificatesOfTheAuthorityThatAreValidAreTrusted()
    {
        var one = _ours.Issue("one");

        Assert.True(one.Trusts(_ours.Issue("two").Own));
        Assert.False(one.Trusts(_theirs.Issue("stranger").Own));
        Assert.False(one.Trusts(_ours.Issue("expired", TimeSpan.FromHours(-1)).Own));
        Assert.False(one.Trusts(null));
    }

    [Fact]
    public void AMissingFileIsNamed()
    {
        var error = Assert.Throws<InvalidOperationException>(() => NodeCertificate.Load("/nowhere/tls.crt", "/nowhere/tls.key", "/nowhere/ca.crt"));
        Assert.Contains("/nowhere/tls.crt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NodesWithCertificatesOfOneAuthorityFormAClusterAndOneOfAnotherStaysOutside()
    {
        await using var one = await StartAsync(_ours.Issue("one"));
        await using var two = await StartAsync(_ours.Issue("two"));
        await using var stranger = await StartAsync(_theirs.Issue("stranger"));
        Assert.Equal("akka.ssl.tcp", one.Cluster.SelfAddress.Protocol);

        AskToJoin(stranger, one);
        AskToJoin(two, one);

        await Eventually.TrueAsync(() => one.Members >= 2 && two.Members >= 2, _deadline.Token);

        // It was asked for first, so it had its chance.
        Assert.DoesNotContain(one.Cluster.State.Members, member => member.Address.Equals(stranger.Cluster.SelfAddress));
    }

    private static void AskToJoin(TestNode node, TestNode other) => node.Cluster.Join(other.Cluster.SelfAddress);

    private async Task<TestNode> StartAsync(NodeCertificate certificate)
    {
        var parts = new ClusterParts
        {
            Leases = new KubernetesLeaseSetup(_nowhere, "default", "test", TimeProvider.System),
            Timing = new LeaseOptions { Namespace = "default", Name = "none", HolderName = "test" },
            Founding = _founding ? null : Nobody(),
        };
        _founding = false;
        return await TestNode.StartAsync(new NodeAddress { Port = FreePort(), Certificate = certificate }, parts);
    }

    private bool _founding = true;

    /// <summary>Never forms a cluster by itself: there is no Kubernetes to ask.</summary>
    private FounderParts Nobody() => new(
        new SeedPeers([]),
        new KubernetesLeaseHolder(new LeaseOptions { Namespace = "default", Name = "founder", HolderName = "test" }, _nowhere, TimeProvider.System),
        new FormationSettings());

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
