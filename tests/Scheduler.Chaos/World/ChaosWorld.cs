using System.Globalization;
using System.Text;
using k8s;
using k8s.Models;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Sandbox.Kubelet;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Networking;
using Scheduler.Testing.Observing;
using Scheduler.Testing.Processes;

namespace Scheduler.Chaos.World;

/// <summary>
/// Three scheduler processes on a real API server, with the sandbox's Buildkite and kubelet in this process, and a judge that reads
/// etcd: everything the faults act on.
/// </summary>
internal sealed class ChaosWorld : IAsyncDisposable
{
    public const int Limit = 20;

    private const int Replicas = 3;
    private const string Namespace = "default";
    private const int ApiServers = 2;

    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly List<SchedulerNode> _nodes = [];
    private readonly List<LongLine> _lines = [];
    private readonly List<string> _kubeconfigs = [];
    private readonly string _folder;
    private readonly string _id;
    private k8s.Kubernetes _client = null!;

    private ChaosWorld(string folder, string id, ChaosLog log) => (_folder, _id, Log) = (folder, id, log);

    public ChaosLog Log { get; }

    public NodeNetwork Network { get; private set; } = null!;

    public ControlPlane Plane { get; private set; } = null!;

    public BuildkiteServer Buildkite { get; private set; } = null!;

    public StoreJudge Judge { get; private set; } = null!;

    public IReadOnlyList<SchedulerNode> Nodes => _nodes;

    /// <summary>Starts everything; returns while the schedulers are still joining each other.</summary>
    /// <param name="folder">Gets the logs of the schedulers and of the judge.</param>
    /// <param name="id">The controllers' <c>id</c>; empty = none.</param>
    /// <param name="log">Gets the story.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<ChaosWorld> StartAsync(string folder, string id, ChaosLog log, CancellationToken cancellationToken)
    {
        var world = new ChaosWorld(folder, id, log);
        try
        {
            await world.StartAsync(cancellationToken);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>The node that the limiter's lease names, which may be on its way out; null if nobody holds the lease.</summary>
    public async Task<int?> LimiterAsync(CancellationToken cancellationToken)
    {
        var leases = await _client.CoordinationV1.ListNamespacedLeaseAsync(Namespace, cancellationToken: cancellationToken);
        var holder = leases.Items.FirstOrDefault(lease => lease.Metadata.Name.EndsWith("-limiter", StringComparison.Ordinal))?.Spec.HolderIdentity;
        var node = _nodes.FindIndex(node => holder?.Contains($":{Network.Port(_nodes.IndexOf(node))}_", StringComparison.Ordinal) ?? false);
        return node < 0 ? null : node;
    }

    /// <summary>How long bytes take from the nodes to the API servers and back.</summary>
    public void SetDistance(TimeSpan roundTrip) => _lines.ForEach(line => line.RoundTrip = roundTrip);

    /// <summary>Ends every fault, also those that were broken off halfway.</summary>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        Buildkite.Faults.Clear();
        await Network.HealAsync(cancellationToken);
        SetDistance(TimeSpan.Zero);
        await Plane.ResumeStoreAsync(cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, ApiServers).Select(server => Plane.ResumeApiServerAsync(server, cancellationToken)));
        _nodes.ForEach(node => node.Clock.SetOffset(TimeSpan.Zero));
        await Task.WhenAll(_nodes.Select(node => node.ThawAsync(cancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }

        _client?.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        Network = Owned(await NodeNetwork.CreateAsync(Replicas, cancellationToken));
        Log.Write($"network: {(Network.CannotCutBecause is { } reason ? $"loopback, no partitions, because {reason}" : "a namespace for each node")}");
        Log.Write($"lost packets: {Network.CannotLosePacketsBecause ?? "yes"}; set clocks: {SteppableClock.CannotBeSetBecause ?? "yes"}; id: '{_id}'");
        Plane = Owned(await ControlPlane.StartAsync(
            new ControlPlaneOptions { WithJobController = true, WithReadableStore = true, ApiServers = ApiServers, Address = Network.Host },
            cancellationToken));
        Log.Write($"control plane: logs in {Plane.Folder}");
        Judge = Owned(StoreJudge.Start(Plane.Store, Namespace, File.CreateText(Path.Combine(_folder, "judge.log"))));
        Buildkite = Owned(await BuildkiteServer.StartAsync(new BuildkiteServerOptions { Address = Network.Host }, cancellationToken));
        Owned(Kubelet.Start(new KubeletOptions
        {
            Cluster = Plane.ClientConfiguration(),
            AgentToken = Buildkite.Token,
            JobDuration = TimeSpan.FromMilliseconds(1250),
            JobDurationSpread = TimeSpan.FromMilliseconds(750),
        }));
        _client = new k8s.Kubernetes(Plane.ClientConfiguration());
        await CreateTokenAsync(cancellationToken);
        await WriteConfigurationAsync(cancellationToken);
        foreach (var server in Plane.Endpoints)
        {
            var line = Owned(LongLine.To(server, TimeSpan.Zero, Network.Host));
            _lines.Add(line);
            _kubeconfigs.Add(await Plane.WriteKubeconfigAsync(line.NearEnd, cancellationToken));
        }

        for (var node = 0; node < Replicas; node++)
        {
            var number = node;
            var name = string.Create(CultureInfo.InvariantCulture, $"node {node}");
            var clock = new SteppableClock(_folder, name);
            _nodes.Add(Owned(new SchedulerNode(name, Network.Management(node), clock, () => StartScheduler(number, clock), Log)));
        }
    }

    private T Owned<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    private async Task CreateTokenAsync(CancellationToken cancellationToken) => await _client.CoreV1.CreateNamespacedSecretAsync(
        new V1Secret
        {
            Metadata = new V1ObjectMeta { Name = "buildkite-agent-token" },
            StringData = new Dictionary<string, string> { ["BUILDKITE_AGENT_TOKEN"] = Buildkite.Token },
        },
        Namespace,
        cancellationToken: cancellationToken);

    private string Configuration => Path.Combine(_folder, "scheduler.yaml");

    /// <summary>
    /// Default timings of the cluster and the leases. Reservations are short so that the end of a run need not wait for them. Pods may be
    /// late: a Job controller that has met a dead API server pauses for longer and longer.
    /// </summary>
    private Task WriteConfigurationAsync(CancellationToken cancellationToken) => File.WriteAllTextAsync(
        Configuration,
        $"""
        max-in-flight: {Limit}
        id: "{_id}"
        job-ttl: 60s
        reservation-grace: 30s
        empty-job-grace-period: 5m
        cluster-seeds: {Network.Seeds}
        agent-config:
          endpoint: {Buildkite.Endpoint}
        """,
        new UTF8Encoding(false),
        cancellationToken);

    /// <summary>Half of the nodes ask one API server, half the other.</summary>
    private SchedulerProcess StartScheduler(int node, SteppableClock clock) => SchedulerProcess.Start(
        ["run", "--config", Configuration, .. Network.Flags(node)],
        new Dictionary<string, string>(clock.Environment) { ["KUBECONFIG"] = _kubeconfigs[node % ApiServers] },
        Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"node{node}.log")),
        Network.Launcher(node));
}
