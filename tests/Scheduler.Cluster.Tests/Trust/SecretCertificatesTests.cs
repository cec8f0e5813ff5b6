using System.Text;
using k8s;
using k8s.Models;
using Scheduler.Cluster.Trust;
using Scheduler.Kubernetes.Connection;
using Scheduler.Testing.Envtest;

namespace Scheduler.Cluster.Tests.Trust;

/// <summary>The nodes' own authority, in a Secret.</summary>
public sealed class SecretCertificatesTests(SandboxApiServer server) : IClassFixture<SandboxApiServer>, IAsyncLifetime, IDisposable
{
    private const string Name = "nodes-tls";
    private static readonly PeerNames OneName = new(["nodes-tls.ns"]);

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(1));
    private k8s.Kubernetes _client = null!;
    private string _ns = "";

    public async Task InitializeAsync()
    {
        _client = KubernetesConnection.Connect(server.Configuration());
        _ns = await server.NewNamespaceAsync(_deadline.Token);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _client?.Dispose();
        _deadline.Dispose();
    }

    [Fact]
    public async Task NodesThatStartTogetherMakeOneAuthorityAndBelieveEachOther()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => Source($"node-{number}").LoadAsync(_deadline.Token)));

        Assert.Single(nodes.Select(node => node.Version).Distinct());
        Assert.All(nodes, one => Assert.All(nodes, other => Assert.Null(one.Objection(other.Own))));
        Assert.Equal(5, nodes.Select(node => node.Own.Thumbprint).Distinct().Count());
        Assert.Equal(["node-0", "nodes-tls.ns"], PeerNames.Of(nodes[0].Own).ToArray());
        var secret = await _client.CoreV1.ReadNamespacedSecretAsync(Name, _ns, cancellationToken: _deadline.Token);
        Assert.Equal(["ca.crt", "ca.key"], secret.Data.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ANodeWhoseHostFitsIsCalledNothingElse()
    {
        var node = await Source("a.nodes.test", Authority.Names).LoadAsync(_deadline.Token);
        Assert.Equal(["a.nodes.test"], PeerNames.Of(node.Own).ToArray());
        var byAddress = await Source("127.0.0.1", new PeerNames(["127.0.0.1"])).LoadAsync(_deadline.Token);
        Assert.Equal(["127.0.0.1"], PeerNames.Of(byAddress.Own).ToArray());
    }

    [Fact]
    public async Task ANodesCertificateIsGoodForAYearAndRenewedAfterTwoThirdsOfIt()
    {
        var node = await Source("one").LoadAsync(_deadline.Token);
        var now = TimeProvider.System.GetUtcNow();
        Assert.InRange(node.Own.NotAfter.ToUniversalTime(), now.UtcDateTime.AddDays(364), now.UtcDateTime.AddDays(366));
        Assert.InRange(node.RenewFrom!.Value, now.AddDays(242), now.AddDays(244));
        Assert.InRange(node.GoodUntil, now.AddDays(3640), now.AddDays(3651));
        Assert.False(node.EndsSoon);
        Assert.Equal("ECC", node.Own.PublicKey.Oid.FriendlyName);
    }

    [Fact]
    public async Task WhenTheAuthorityIsAboutToEndThatIsSaidAndNoNodeLeavesForIt()
    {
        await Source("one").LoadAsync(_deadline.Token);
        var node = await Source("one", time: new Later(TimeSpan.FromDays(3640))).LoadAsync(_deadline.Token);
        Assert.True(node.EndsSoon);
        Assert.Null(node.RenewFrom);
        var late = Source("one", time: new Later(TimeSpan.FromDays(3660)));
        Assert.Contains("delete it", (await Assert.ThrowsAsync<InvalidOperationException>(() => late.LoadAsync(_deadline.Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LookingMakesNothing()
    {
        Assert.Null(await Source("one").FindAsync(_deadline.Token));
        Assert.Equal("", await Source("one").VersionAsync(_deadline.Token));
        Assert.Empty((await _client.CoreV1.ListNamespacedSecretAsync(_ns, cancellationToken: _deadline.Token)).Items);
    }

    /// <summary>As former versions of the chart made it: one certificate for all nodes.</summary>
    [Fact]
    public async Task ASecretWithACertificateIsUsedAsItIs()
    {
        using var former = new Authority("former chart");
        var (certificate, key) = former.Sign("*.nodes.test");
        await CreateAsync(("tls.crt", certificate), ("tls.key", key), ("ca.crt", former.Pem));

        var node = await Source("a.nodes.test", Authority.Names).LoadAsync(_deadline.Token);

        Assert.Null(node.Objection(former.Issue("*.nodes.test").Own));
        Assert.Null(node.RenewFrom);
        Assert.Equal(node.Version, await Source("b", Authority.Names).VersionAsync(_deadline.Token));
    }

    [Theory]
    [InlineData("ca.crt", "nonsense", "ca.key", "nonsense")]
    [InlineData("ca.crt", "nonsense", "password", "hunter2")]
    [InlineData("tls.crt", "nonsense", "tls.key", "nonsense")]
    public async Task ASecretOfSomethingElseIsRefusedByNameAndNotOverwritten(string oneKey, string one, string otherKey, string other)
    {
        await CreateAsync((oneKey, one), (otherKey, other));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Source("one").LoadAsync(_deadline.Token));

        Assert.Contains($"secret {_ns}/{Name}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        var secret = await _client.CoreV1.ReadNamespacedSecretAsync(Name, _ns, cancellationToken: _deadline.Token);
        Assert.Equal(other, Encoding.UTF8.GetString(secret.Data[otherKey]));
    }

    [Fact]
    public async Task AMissingPermissionIsNamedWithTheRuleThatGrantsIt()
    {
        server.Server.Faults.Deny("create", "secrets");
        try
        {
            var error = await Assert.ThrowsAsync<HttpRequestException>(() => Source("one").LoadAsync(_deadline.Token));
            Assert.Contains("'create' on 'secrets'", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            server.Server.Faults.Clear();
        }
    }

    private SecretCertificates Source(string host, PeerNames? names = null, TimeProvider? time = null) =>
        new(_client, new SecretPlace(_ns, Name, host, TimeSpan.FromSeconds(10)), names ?? OneName, time ?? TimeProvider.System);

    private Task<V1Secret> CreateAsync(params (string Key, string Value)[] data) => _client.CoreV1.CreateNamespacedSecretAsync(
        new V1Secret
        {
            Metadata = new V1ObjectMeta { Name = Name },
            Data = data.ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetBytes(pair.Value)),
        },
        _ns,
        cancellationToken: _deadline.Token);

    private sealed class Later(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
