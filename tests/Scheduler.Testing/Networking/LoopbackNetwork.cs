using System.Net;

namespace Scheduler.Testing.Networking;

/// <summary>All nodes on the loopback address with ports of their own.</summary>
internal sealed class LoopbackNetwork(int nodes, string reason) : NodeNetwork
{
    private readonly int[] _ports = FreePorts.Take(2 * nodes);

    public override string? CannotCutBecause => reason;

    public override string? CannotLosePacketsBecause => reason;

    public override IPAddress Host => IPAddress.Loopback;

    public override int Nodes => nodes;

    public override IPAddress Address(int node) => IPAddress.Loopback;

    public override int Port(int node) => _ports[node];

    public override Uri Management(int node) => new UriBuilder("http", "127.0.0.1", _ports[nodes + node]).Uri;

    public override IReadOnlyList<string> Launcher(int node) => [];

    public override Task CutFromPeersAsync(int node, CancellationToken cancellationToken) => throw CannotCut();

    public override Task CutFromHostAsync(int node, CancellationToken cancellationToken) => throw CannotCut();

    public override Task CutLinkAsync(int one, int other, CancellationToken cancellationToken) => throw CannotCut();

    public override Task LosePacketsAsync(int node, int percent, CancellationToken cancellationToken) => throw CannotCut();

    public override Task HealAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private NotSupportedException CannotCut() => new($"the loopback cannot be cut ({reason})");
}
