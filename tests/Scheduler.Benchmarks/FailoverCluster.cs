using System.Globalization;
using k8s;
using Scheduler.Core.Jobs;
using Scheduler.Demo;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Testing.Networking;
using Scheduler.Testing.Processes;
using Scheduler.Testing.Waiting;

namespace Scheduler.Benchmarks;

/// <summary>Three scheduler processes, with the means to find out who has the limiter.</summary>
internal sealed class FailoverCluster : IAsyncDisposable
{
    public const int Limit = 20;
    public const int Nodes = 3;

    private const int EnoughWaiting = 1500;

    private readonly SandboxWorld _world;
    private readonly NodeNetwork _network;
    private readonly k8s.Kubernetes _client;
    private readonly Membership _membership = new();
    private readonly SchedulerProcess?[] _processes = new SchedulerProcess?[Nodes];
    private int _starts;

    private FailoverCluster(SandboxWorld world, NodeNetwork network)
    {
        (_world, _network) = (world, network);
        _client = new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(world.Kubeconfig));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("failover-").FullName;

    public static async Task<FailoverCluster> StartAsync(SandboxWorld world, NodeNetwork network)
    {
        var cluster = new FailoverCluster(world, network);
        await cluster.RepairAsync();
        return cluster;
    }

    /// <summary>Joins what was cut and starts what does not run.</summary>
    public async Task RepairAsync()
    {
        await _network.HealAsync(CancellationToken.None);
        for (var node = 0; node < Nodes; node++)
        {
            if (_processes[node] is not { HasExited: false })
            {
                await DropAsync(node);
                _processes[node] = Start(node);
            }
        }
    }

    /// <summary>Waits until all nodes have joined, jobs run, and plenty wait.</summary>
    public async Task SettleAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        for (var node = 0; node < Nodes; node++)
        {
            var management = _network.Management(node);
            await Eventually.TrueAsync(() => _membership.IsCompleteAsync(management, Nodes, deadline.Token), deadline.Token);
        }

        if (_world.Buildkite.Observer.Count(JobState.Scheduled) < EnoughWaiting)
        {
            await _world.Buildkite.EnqueueManyAsync(2 * EnoughWaiting, new NewJob(), deadline.Token);
        }

        var created = _world.Kubernetes.Observer.Current.Created;
        await Eventually.TrueAsync(() => _world.Kubernetes.Observer.Current.Created >= created + (5 * Limit), deadline.Token);

        // Shards move to new nodes in rounds of ten seconds; a failure in the middle of that is another matter.
        await Task.Delay(TimeSpan.FromSeconds(11), deadline.Token);
    }

    /// <summary>SIGTERM to the node with the limiter; returns when it has ended.</summary>
    public async Task StopLimiterAsync() => await _processes[await LimiterAsync()]!.StopAsync(CancellationToken.None);

    /// <summary>SIGKILL to the node with the limiter and as many others as make up the count.</summary>
    public async Task KillAsync(int count)
    {
        var limiter = await LimiterAsync();
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => _processes[(limiter + i) % Nodes]!.KillAsync(CancellationToken.None)));
    }

    /// <summary>The node with the limiter and the two others lose each other; all reach Kubernetes and Buildkite.</summary>
    public async Task CutLimiterOffAsync() => await _network.CutFromPeersAsync(await LimiterAsync(), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        for (var node = 0; node < Nodes; node++)
        {
            await DropAsync(node);
        }

        _membership.Dispose();
        _client.Dispose();
    }

    private async Task DropAsync(int node)
    {
        if (_processes[node] is { } process)
        {
            await process.DisposeAsync();
            _processes[node] = null;
        }
    }

    private async Task<int> LimiterAsync()
    {
        var lease = await _client.CoordinationV1.ReadNamespacedLeaseAsync("agent-stack-k8s-limiter", SandboxWorld.Namespace);
        return Enumerable.Range(0, Nodes).First(node => lease.Spec.HolderIdentity.Contains($":{_network.Port(node)}_", StringComparison.Ordinal));
    }

    private SchedulerProcess Start(int node)
    {
        var config = Path.Combine(Folder, "scheduler.yaml");
        File.WriteAllText(
            config,
            $"""
            max-in-flight: {Limit}
            cluster-seeds: {_network.Seeds}
            agent-config:
              endpoint: {_world.Buildkite.Endpoint}
            """);
        return SchedulerProcess.Start(
            ["run", "--config", config, .. _network.Flags(node)],
            new Dictionary<string, string> { ["KUBECONFIG"] = _world.Kubeconfig },
            Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{++_starts:D3}-node{node}.log")),
            _network.Launcher(node));
    }
}
