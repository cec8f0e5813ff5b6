using System.Globalization;
using k8s;
using Scheduler.Core.Jobs;
using Scheduler.Demo;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Testing.Processes;

namespace Scheduler.Benchmarks;

/// <summary>Three scheduler processes, with the means to find out who has the limiter.</summary>
internal sealed class FailoverCluster : IAsyncDisposable
{
    public const int Limit = 20;

    private const int Nodes = 3;
    private const int EnoughWaiting = 1500;

    private readonly SandboxWorld _world;
    private readonly k8s.Kubernetes _client;
    private readonly int[] _ports = FreePorts.Take(Nodes);
    private readonly SchedulerProcess?[] _processes = new SchedulerProcess?[Nodes];
    private readonly string[] _logs = new string[Nodes];
    private int _starts;

    private FailoverCluster(SandboxWorld world)
    {
        _world = world;
        _client = new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(world.Kubeconfig));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("failover-").FullName;

    public static async Task<FailoverCluster> StartAsync(SandboxWorld world)
    {
        var cluster = new FailoverCluster(world);
        await cluster.RepairAsync();
        return cluster;
    }

    /// <summary>Starts what does not run.</summary>
    public async Task RepairAsync()
    {
        for (var node = 0; node < Nodes; node++)
        {
            if (_processes[node] is not { HasExited: false })
            {
                await DropAsync(node);
                _logs[node] = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{++_starts:D3}-node{node}.log"));
                _processes[node] = Start(node);
            }
        }
    }

    /// <summary>Waits until all nodes have joined, jobs run, and plenty wait.</summary>
    public async Task SettleAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        await UntilAsync(() => _logs.All(HasJoined), deadline.Token);
        if (_world.Buildkite.Observer.Count(JobState.Scheduled) < EnoughWaiting)
        {
            await _world.Buildkite.EnqueueManyAsync(2 * EnoughWaiting, new NewJob(), deadline.Token);
        }

        var created = _world.Kubernetes.Observer.Current.Created;
        await UntilAsync(() => _world.Kubernetes.Observer.Current.Created >= created + (5 * Limit), deadline.Token);

        // Shards move to new nodes in rounds of ten seconds; a failure in the middle of that is another matter.
        await Task.Delay(TimeSpan.FromSeconds(15), deadline.Token);
    }

    /// <summary>SIGTERM to the node with the limiter; returns when it has ended.</summary>
    public async Task StopLimiterAsync() => await _processes[await LimiterAsync()]!.StopAsync(CancellationToken.None);

    /// <summary>SIGKILL to the node with the limiter and as many others as make up the count.</summary>
    public async Task KillAsync(int count)
    {
        var limiter = await LimiterAsync();
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => _processes[(limiter + i) % Nodes]!.KillAsync(CancellationToken.None)));
    }

    public async ValueTask DisposeAsync()
    {
        for (var node = 0; node < Nodes; node++)
        {
            await DropAsync(node);
        }

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
        return Array.FindIndex(_ports, port => lease.Spec.HolderIdentity.Contains($":{port}_", StringComparison.Ordinal));
    }

    private SchedulerProcess Start(int node)
    {
        var config = Path.Combine(Folder, "scheduler.yaml");
        File.WriteAllText(
            config,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                max-in-flight: {Limit}
                management-port: 0
                cluster-host: 127.0.0.1
                cluster-bind-host: 127.0.0.1
                cluster-seeds: {string.Join(',', _ports.Select(port => $"127.0.0.1:{port}"))}
                agent-config:
                  endpoint: {_world.Buildkite.Endpoint}
                """));
        return SchedulerProcess.Start(
            ["run", "--config", config, string.Create(CultureInfo.InvariantCulture, $"--cluster-port={_ports[node]}")],
            new Dictionary<string, string> { ["KUBECONFIG"] = _world.Kubeconfig },
            _logs[node]);
    }

    /// <summary>Its proxies have found the singletons.</summary>
    private static bool HasJoined(string log)
    {
        using var reader = new StreamReader(new FileStream(log, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Contains("Singleton identified at", StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
