using System.Collections.Immutable;
using k8s;
using k8s.Models;
using Scheduler.Cluster.Coordination;
using Scheduler.Cluster.Formation;
using Scheduler.Cluster.Hocon;
using Scheduler.Cluster.Hosting;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Leases;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Networking;
using Scheduler.Testing.Waiting;

namespace Scheduler.Cluster.Tests.Formation;

[Collection(ClusterCollection.Name)]
public sealed class ClusterFormationTests(SandboxApiServer server) : IClassFixture<SandboxApiServer>, IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(4));
    private readonly List<TestNode> _nodes = [];
    private readonly int[] _ports = FreePorts.Take(3);
    private k8s.Kubernetes _client = null!;
    private string _ns = "";

    public async Task InitializeAsync()
    {
        _client = KubernetesConnection.Connect(server.Configuration());
        _ns = await server.NewNamespaceAsync(_deadline.Token);
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _deadline.Dispose();
    }

    [Fact]
    public async Task NodesThatStartTogetherBecomeOneClusterWhoeverIsFirst()
    {
        var seeds = Seeds();
        _nodes.AddRange(await Task.WhenAll(_ports.Select(port => StartAsync(port, seeds))));

        await UntilAsync(() => _nodes.All(node => node.Members == 3));
        Assert.Single(_nodes.Select(node => node.Cluster.State.Leader).Distinct());
    }

    [Fact]
    public async Task WhileSomebodyHoldsTheFoundersLeaseNoOtherClusterIsFormed()
    {
        using var elsewhere = new KubernetesLeaseHolder(Lease("founder"), _client, TimeProvider.System);
        Assert.NotNull(await elsewhere.TryAcquireAsync(_deadline.Token));
        var renewing = RenewUntilReleasedAsync(elsewhere, TimeSpan.FromSeconds(12));
        _nodes.Add(await StartAsync(_ports[0], Seeds()));
        _nodes.Add(await StartAsync(_ports[1], Seeds()));

        while (!renewing.IsCompleted)
        {
            Assert.DoesNotContain(_nodes, node => node.IsUp);
            await Task.WhenAny(renewing, Task.Delay(TimeSpan.FromMilliseconds(100), _deadline.Token));
        }

        await renewing;
        await UntilAsync(() => _nodes.All(node => node.Members == 2));
    }

    [Fact]
    public async Task ANodeThatComesLaterJoinsTheClusterThatThereIsAlthoughItStandsFirstInTheList()
    {
        _nodes.Add(await StartAsync(_ports[2], Seeds()));
        await UntilAsync(() => _nodes[0].IsUp);
        _nodes.Add(await StartAsync(_ports[0], Seeds()));

        await UntilAsync(() => _nodes.All(node => node.Members == 2));
        Assert.Equal(_nodes[0].Cluster.State.Leader, _nodes[1].Cluster.State.Leader);
    }

    [Fact]
    public async Task NodesFindEachOtherAsPods()
    {
        // In the sandbox no pod has a network of its own: two addresses of the loopback network, one port, as in Kubernetes.
        var hosts = new[] { "127.0.0.1", "127.0.0.2" };
        foreach (var host in hosts)
        {
            await AddPodAsync($"scheduler-{hosts.AsSpan().IndexOf(host)}", host, isOurs: true);
        }

        await AddPodAsync("forged", "127.0.0.3", isOurs: false);

        var pods = new ListedPods(_client, _ns, "app=scheduler", TimeSpan.FromSeconds(10));
        foreach (var host in hosts)
        {
            _nodes.Add(await TestNode.StartAsync(
                new NodeAddress { PublicHost = host, BindHost = host, Port = _ports[0] }, Parts(new PodPeers(new OwnPods(pods, host), _ports[0]))));
        }

        Assert.Equal(hosts, (await new PodPeers(new OwnPods(pods, hosts[0]), _ports[0]).ListAsync(_deadline.Token)).Select(peer => peer.Host).Order());

        await UntilAsync(() => _nodes.All(node => node.Members == 2));
    }

    [Fact]
    public async Task AMemberWhosePodHasEndedIsDownedLongBeforeTheSplitBrainResolverWouldDoIt()
    {
        const string patient = "akka.cluster.split-brain-resolver { stable-after = 10m, down-all-when-unstable = 20m }";
        var pods = new ScriptedPods([Pod("127.0.0.1", "a"), Pod("127.0.0.2", "b")]);
        var seeds = new SeedPeers([new Peer("127.0.0.1", _ports[0]), new Peer("127.0.0.2", _ports[0])]);
        foreach (var host in new[] { "127.0.0.1", "127.0.0.2" })
        {
            _nodes.Add(await TestNode.StartAsync(
                new NodeAddress { PublicHost = host, BindHost = host, Port = _ports[0] }, Parts(seeds) with { Pods = pods }, patient));
        }

        await UntilAsync(() => _nodes.All(node => node.Members == 2));
        await _nodes[1].CrashAsync();
        await UntilAsync(() => _nodes[0].Cluster.State.Unreachable.Count == 1);
        Assert.Equal(2, _nodes[0].Cluster.State.Members.Count);

        pods.Pods = [Pod("127.0.0.1", "a"), Pod("127.0.0.2", "b") with { HasEnded = true }];

        await UntilAsync(() => _nodes[0].Cluster.State.Members.Count == 1);
    }

    [Fact]
    public async Task AMemberThatWasFrozenForLongLeavesAlthoughNobodyHasMissedIt()
    {
        const string patient = "akka.cluster.split-brain-resolver { stable-after = 10m, down-all-when-unstable = 20m }";
        var clock = new JumpingClock();
        _nodes.Add(await TestNode.StartAsync(new NodeAddress { Port = _ports[0] }, Parts(Seeds()), patient));
        _nodes.Add(await TestNode.StartAsync(new NodeAddress { Port = _ports[1] }, Parts(Seeds()), patient, clock));
        await UntilAsync(() => _nodes.All(node => node.Members == 2));

        clock.Jump(Frozen);

        await UntilAsync(() => _nodes[0].Cluster.State.Members.Count == 1);
        await _nodes[1].System.WhenTerminated.WaitAsync(_deadline.Token);
    }

    [Fact]
    public async Task ANodeThatWasFrozenWhileItWasAloneGoesOn()
    {
        var clock = new JumpingClock();
        _nodes.Add(await TestNode.StartAsync(new NodeAddress { Port = _ports[0] }, Parts(Seeds()), time: clock));
        await UntilAsync(() => _nodes[0].IsUp);

        clock.Jump(Frozen);

        // Twice a second, and the clocks are looked at every second: so they have been looked at.
        for (var renewals = 0; renewals < 5; renewals++)
        {
            var renewed = await RenewTimeAsync();
            await Eventually.TrueAsync(async () => await RenewTimeAsync() != renewed, _deadline.Token);
        }

        Assert.True(_nodes[0].IsUp);
    }

    [Fact]
    public void FrozenNodesLeaveAfterTheOthersGaveThemUpAndBeforeTheResolversLeaseIsFreed()
    {
        var cluster = HoconFiles.Load().GetConfig("akka.cluster");
        var noticed = cluster.GetTimeSpan("failure-detector.heartbeat-interval") + cluster.GetTimeSpan("failure-detector.acceptable-heartbeat-pause");
        var decided = cluster.GetTimeSpan("split-brain-resolver.stable-after")
            + cluster.GetTimeSpan("split-brain-resolver.lease-majority.acquire-lease-delay-for-minority");

        Assert.InRange(
            new FormationSettings().FrozenPatience!.Value,
            noticed + decided,
            cluster.GetTimeSpan("split-brain-resolver.lease-majority.release-after"));
    }

    [Fact]
    public async Task ALeaderThatLeavesLetsTheNextOneHoldTheFoundersLease()
    {
        _nodes.Add(await StartAsync(_ports[0], Seeds()));
        await UntilAsync(() => _nodes[0].IsUp);
        var first = await HolderAsync();

        await _nodes[0].DisposeAsync();
        _nodes.Clear();
        _nodes.Add(await StartAsync(_ports[1], Seeds()));

        await UntilAsync(() => _nodes[0].IsUp);
        Assert.NotEqual(first, await HolderAsync());
    }

    private static TimeSpan Frozen => new FormationSettings().FrozenPatience!.Value + TimeSpan.FromSeconds(2);

    private static SchedulerPod Pod(string ip, string container) => new($"pod-{container}", $"uid-{container}", ip, [container], false, false);

    private SeedPeers Seeds() => new([.. _ports.Select(port => new Peer("127.0.0.1", port))]);

    private Task<TestNode> StartAsync(int port, IPeerDirectory peers) => TestNode.StartAsync(new NodeAddress { Port = port }, Parts(peers));

    private ClusterParts Parts(IPeerDirectory peers) => new()
    {
        Leases = new KubernetesLeaseSetup(_client, _ns, "test", TimeProvider.System),
        Timing = Lease("limiter"),
        Founding = new FounderParts(
            peers,
            new KubernetesLeaseHolder(Lease("founder"), _client, TimeProvider.System),
            new FormationSettings { Interval = TimeSpan.FromMilliseconds(500) }),
    };

    private LeaseOptions Lease(string name) => new() { Namespace = _ns, Name = name, HolderName = "test" };

    private async Task<string> HolderAsync() =>
        (await server.Admin.CoordinationV1.ReadNamespacedLeaseAsync("founder", _ns, cancellationToken: _deadline.Token)).Spec.HolderIdentity;

    private async Task<DateTime?> RenewTimeAsync() =>
        (await server.Admin.CoordinationV1.ReadNamespacedLeaseAsync("founder", _ns, cancellationToken: _deadline.Token)).Spec.RenewTime;

    private async Task RenewUntilReleasedAsync(KubernetesLeaseHolder holder, TimeSpan after)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begun) < after)
        {
            await holder.TryAcquireAsync(_deadline.Token);
            await Task.Delay(TimeSpan.FromMilliseconds(500), _deadline.Token);
        }

        Assert.True(await holder.ReleaseAsync(_deadline.Token));
    }

    private async Task AddPodAsync(string name, string ip, bool isOurs)
    {
        var pod = new V1Pod
        {
            Metadata = new V1ObjectMeta
            {
                Name = name,
                Labels = new Dictionary<string, string> { ["app"] = "scheduler" },
                OwnerReferences = isOurs
                    ? [new V1OwnerReference { ApiVersion = "apps/v1", Kind = "StatefulSet", Name = "scheduler", Uid = "set-uid", Controller = true }]
                    : null,
            },
            Spec = new V1PodSpec { Containers = [new V1Container { Name = "scheduler", Image = "scheduler" }] },
        };
        pod = await server.Admin.CoreV1.CreateNamespacedPodAsync(pod, _ns, cancellationToken: _deadline.Token);
        pod.Status = new V1PodStatus
        {
            Phase = "Running",
            PodIP = ip,
            ContainerStatuses =
            [
                new V1ContainerStatus
                {
                    Name = "scheduler",
                    Image = "scheduler",
                    ImageID = "",
                    ContainerID = $"containerd://{name}",
                    Ready = true,
                    State = new V1ContainerState { Running = new V1ContainerStateRunning { StartedAt = TimeProvider.System.GetUtcNow().UtcDateTime } },
                },
            ],
        };
        await server.Admin.CoreV1.ReplaceNamespacedPodStatusAsync(pod, name, _ns, cancellationToken: _deadline.Token);
    }

    private Task UntilAsync(Func<bool> condition) => Eventually.TrueAsync(condition, _deadline.Token);
}
