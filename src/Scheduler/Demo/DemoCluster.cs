using System.Collections.Immutable;
using Scheduler.Kubernetes.Options;
using Scheduler.Logging;

namespace Scheduler.Demo;

/// <summary>The demo's scheduler nodes, and the accidents that happen to them.</summary>
internal sealed class DemoCluster : IAsyncDisposable
{
    private readonly ImmutableArray<DemoNode> _nodes;
    private readonly TimeSpan _killEvery;
    private readonly CancellationTokenSource _over = new();
    private readonly Random _chance;
    private Task _accidents = Task.CompletedTask;
    private int _kills;

    private DemoCluster(DemoOptions options, ImmutableArray<DemoNode> nodes)
    {
        (_nodes, _killEvery, _chance) = (nodes, options.KillEvery, new Random(options.Seed));
    }

    /// <summary>Kubernetes Jobs created at each place.</summary>
    public ImmutableArray<long> Created => [.. _nodes.Select(node => node.Created)];

    public int Kills => Volatile.Read(ref _kills);

    /// <summary>Starts all nodes at once; returns when all have started, which is before they are one cluster.</summary>
    public static async Task<DemoCluster> StartAsync(DemoOptions options, SandboxWorld world, CancellationToken cancellationToken)
    {
        var configuration = Configuration(options, world);
        var ports = FreePorts.Take(options.Nodes);
        var seeds = options.Nodes == 1 ? "" : string.Join(',', ports.Select(port => $"127.0.0.1:{port}"));
        var cluster = new DemoCluster(
            options,
            [
                .. ports.Select(port => new DemoNode(
                    configuration with { ClusterHost = "127.0.0.1", ClusterPort = port, ClusterSeeds = seeds },
                    world.Kubeconfig,
                    isSeverable: options.KillEvery > TimeSpan.Zero)),
            ]);
        try
        {
            await Task.WhenAll(cluster._nodes.Select(node => node.StartAsync(cancellationToken)));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on a node crashes every so often and is replaced at once. Nothing happens if the options do not ask for it.</summary>
    public void BeginAccidents()
    {
        if (_killEvery > TimeSpan.Zero)
        {
            _accidents = HaveAccidentsAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _accidents;
        await Task.WhenAll(_nodes.Select(node => node.StopAsync()));
        _over.Dispose();
    }

    private async Task HaveAccidentsAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(_killEvery);
            while (await timer.WaitForNextTickAsync(_over.Token))
            {
                var node = _nodes[_chance.Next(_nodes.Length)];
                await node.CrashAsync();
                Interlocked.Increment(ref _kills);
                await node.StartAsync(_over.Token);
            }
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // The demo is over.
        }
    }

    private static ControllerOptions Configuration(DemoOptions options, SandboxWorld world)
    {
        var configuration = new ControllerOptions
        {
            MaxInFlight = options.MaxInFlight,
            Namespace = SandboxWorld.Namespace,
            AgentTokenSecret = SandboxWorld.TokenSecret,
            AgentConfig = new AgentConfig { Endpoint = world.Buildkite.Endpoint.ToString() },
            LogLevel = SchedulerLogging.Silent,
            ManagementPort = 0,
        };

        // With a crash every few seconds the defaults would have the nodes wait for the dead most of the time.
        return options.KillEvery == TimeSpan.Zero
            ? configuration
            : configuration with
            {
                LeaseDuration = TimeSpan.FromSeconds(4),
                LeaseRenewInterval = TimeSpan.FromMilliseconds(500),
                LeaseOperationTimeout = TimeSpan.FromSeconds(1),
                TakeTimeout = TimeSpan.FromSeconds(2),
                ReservationGrace = TimeSpan.FromSeconds(15),
            };
    }
}
