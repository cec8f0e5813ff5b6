using Scheduler.Cluster.Tests.Formation;
using Scheduler.Cluster.Trust;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Leases;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Waiting;

namespace Scheduler.Cluster.Tests.Trust;

/// <summary>When a node leaves to get another certificate.</summary>
[Collection(ClusterCollection.Name)]
public sealed class CertificateWatchTests(SandboxApiServer server) : IClassFixture<SandboxApiServer>, IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));
    private readonly Authority _ours = new("ours");
    private readonly TlsNodes _nodes = new();
    private k8s.Kubernetes _client = null!;
    private string _ns = "";

    public async Task InitializeAsync()
    {
        _client = KubernetesConnection.Connect(server.Configuration());
        _ns = await server.NewNamespaceAsync(_deadline.Token);
    }

    public async Task DisposeAsync() => await _nodes.DisposeAsync();

    public void Dispose()
    {
        _ours.Dispose();
        _client?.Dispose();
        _deadline.Dispose();
    }

    [Fact]
    public async Task ANodeWhoseFilesAreReplacedLeavesAndItsSuccessorGivesTheTurnBack()
    {
        using var turn = Turn();
        var files = _ours.Write("one.nodes.test");
        var node = await StartAsync(files, turn);
        await Eventually.TrueAsync(() => node.IsUp, _deadline.Token);

        _ours.Write("one.nodes.test");
        await node.System.WhenTerminated.WaitAsync(_deadline.Token);

        Assert.NotNull(turn.Seen);
        using var other = Turn();
        Assert.Null(await other.TryAcquireAsync(_deadline.Token));
        var successor = await StartAsync(files, turn);
        FormCluster(successor);
        await Eventually.TrueAsync(async () => await other.TryAcquireAsync(_deadline.Token) is not null, _deadline.Token);
        Assert.True(successor.IsUp);
    }

    [Fact]
    public async Task ANodeWaitsWhileItIsAnothersTurn()
    {
        using var another = Turn();
        Assert.NotNull(await another.TryAcquireAsync(_deadline.Token));
        using var turn = Turn();
        var files = _ours.Write("one.nodes.test");
        var node = await StartAsync(files, turn);
        await Eventually.TrueAsync(() => node.IsUp, _deadline.Token);

        _ours.Write("one.nodes.test");
        await Eventually.TrueAsync(() => turn.Seen is not null, _deadline.Token);
        Assert.False(node.System.WhenTerminated.IsCompleted);

        await another.ReleaseAsync(_deadline.Token);
        await node.System.WhenTerminated.WaitAsync(_deadline.Token);
    }

    [Fact]
    public async Task ANodeStaysWhenWhatItWouldStartWithIsNoGood()
    {
        using var turn = Turn();
        var files = _ours.Write("one.nodes.test");
        var counting = new Counting(files);
        var node = await _nodes.StartAsync(await files.LoadAsync(_deadline.Token), new RenewalParts(counting, turn, Interval));
        await Eventually.TrueAsync(() => node.IsUp, _deadline.Token);

        _ours.Write("", _ours.Sign("one.nodes.test", [Authority.CodeUse]));
        await Eventually.TrueAsync(() => counting.Refusals >= 2, _deadline.Token);

        Assert.True(node.IsUp);
        Assert.Null(turn.Seen);
    }

    private async Task<TestNode> StartAsync(FileCertificates files, KubernetesLeaseHolder turn) =>
        await _nodes.StartAsync(await files.LoadAsync(_deadline.Token), new RenewalParts(files, turn, Interval));

    private static void FormCluster(TestNode node) => node.Cluster.Join(node.Cluster.SelfAddress);

    private KubernetesLeaseHolder Turn() => new(
        new LeaseOptions { Namespace = _ns, Name = "renewal", HolderName = "test", Duration = TimeSpan.FromMinutes(2) }, _client, TimeProvider.System);

    /// <summary>Counts how often the source had nothing usable.</summary>
    private sealed class Counting(ICertificateSource source) : ICertificateSource
    {
        private int _refusals;

        public int Refusals => Volatile.Read(ref _refusals);

        public string Place => source.Place;

        public async Task<NodeCertificate> LoadAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await source.LoadAsync(cancellationToken);
            }
            catch (InvalidOperationException)
            {
                Interlocked.Increment(ref _refusals);
                throw;
            }
        }

        public Task<NodeCertificate?> FindAsync(CancellationToken cancellationToken) => source.FindAsync(cancellationToken);

        public Task<string> VersionAsync(CancellationToken cancellationToken) => source.VersionAsync(cancellationToken);
    }
}
