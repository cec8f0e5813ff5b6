using System.Globalization;
using Scheduler.Testing.Networking;
using Scheduler.Testing.Processes;
using Scheduler.Testing.Waiting;

namespace Scheduler.Benchmarks;

/// <summary>Scheduler processes without a limit, as one.</summary>
internal sealed class ThroughputCluster : IAsyncDisposable
{
    private readonly NodeNetwork _network;
    private readonly SchedulerProcess[] _nodes;

    private ThroughputCluster(NodeNetwork network, SchedulerProcess[] nodes) => (_network, _nodes) = (network, nodes);

    /// <summary>Where the metrics of a lone node are.</summary>
    public static int MetricsPort { get; } = FreePorts.Take(1)[0];

    /// <summary>Of all nodes since their start.</summary>
    public TimeSpan ProcessorTime => _nodes.Aggregate(TimeSpan.Zero, (sum, node) => sum + node.ProcessorTime);

    /// <param name="network">Where the nodes find each other.</param>
    /// <param name="kubeconfig">Path of the file that tells where the API server is.</param>
    /// <param name="folder">Takes configuration and logs.</param>
    /// <param name="buildkite">Where Buildkite answers.</param>
    /// <param name="concurrency">The <c>job-creation-concurrency</c> of each node.</param>
    public static ThroughputCluster Start(NodeNetwork network, string kubeconfig, string folder, Uri buildkite, int concurrency)
    {
        var config = Path.Combine(folder, "scheduler.yaml");
        File.WriteAllText(
            config,
            $$"""
            max-in-flight: 0
            {{(network.Nodes > 1 ? "" : $"prometheus-port: {MetricsPort.ToString(CultureInfo.InvariantCulture)}")}}
            job-creation-concurrency: {{concurrency.ToString(CultureInfo.InvariantCulture)}}
            agent-config: {endpoint: "{{buildkite}}"}
            {{(network.Nodes > 1 ? $"cluster-seeds: {network.Seeds}" : "")}}
            """);
        return new ThroughputCluster(network, [.. Enumerable.Range(0, network.Nodes).Select(node => SchedulerProcess.Start(
            ["run", "--config", config, .. network.Flags(node)],
            new Dictionary<string, string> { ["KUBECONFIG"] = kubeconfig },
            Path.Combine(folder, $"scheduler-{node}.log")))]);
    }

    /// <summary>Returns when every node finds all of them in its cluster.</summary>
    public async Task UntilCompleteAsync(CancellationToken cancellationToken)
    {
        using var membership = new Membership();
        for (var node = 0; node < _network.Nodes; node++)
        {
            var management = _network.Management(node);
            await Eventually.TrueAsync(
                () => membership.IsCompleteAsync(management, _network.Nodes, cancellationToken), TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }
}
