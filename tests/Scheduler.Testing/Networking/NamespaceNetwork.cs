using System.Net;

namespace Scheduler.Testing.Networking;

/// <summary>
/// Each node in a network namespace with two cables: one to the host's bridge, one to a bridge that only nodes are on. A cut is
/// silent, as a real one: packets vanish, nobody is told.
/// </summary>
internal sealed class NamespaceNetwork : NodeNetwork
{
    /// <summary>A hardware address that nobody has.</summary>
    private const string Nowhere = "02:00:00:00:00:01";
    private const int ManagementPort = 8558;
    private const string HostCable = "host";
    private const string PeerCable = "peers";

    private static int Count;

    private readonly NetworkNames _names = new(Environment.ProcessId, Interlocked.Increment(ref Count));

    private NamespaceNetwork(int nodes) => Nodes = nodes;

    public override string? CannotCutBecause => null;

    public override IPAddress Host => _names.Host;

    public override int Nodes { get; }

    /// <exception cref="IpCommandException">Not allowed here; nothing is left behind.</exception>
    public static new async Task<NodeNetwork> CreateAsync(int nodes, CancellationToken cancellationToken)
    {
        var network = new NamespaceNetwork(nodes);
        try
        {
            await network.BuildAsync(cancellationToken);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public override IPAddress Address(int node) => _names.AddressForPeers(node);

    public override int Port(int node) => NetworkNames.Port(node);

    public override Uri Management(int node) => new UriBuilder("http", $"{_names.AddressForHost(node)}", ManagementPort).Uri;

    public override IReadOnlyList<string> Launcher(int node) => ["ip", "netns", "exec", _names.Namespace(node)];

    public override Task CutFromPeersAsync(int node, CancellationToken cancellationToken) => UnplugAsync(_names.PeerPlug(node), cancellationToken);

    public override Task CutFromHostAsync(int node, CancellationToken cancellationToken) => UnplugAsync(_names.HostPlug(node), cancellationToken);

    public override async Task CutLinkAsync(int one, int other, CancellationToken cancellationToken)
    {
        await MisleadAsync(one, other, cancellationToken);
        await MisleadAsync(other, one, cancellationToken);
    }

    public override async Task HealAsync(CancellationToken cancellationToken)
    {
        for (var node = 0; node < Nodes; node++)
        {
            await PlugAsync(_names.HostPlug(node), _names.HostBridge, cancellationToken);
            await PlugAsync(_names.PeerPlug(node), _names.PeerBridge, cancellationToken);
            await IpCommand.RunAsync($"-n {_names.Namespace(node)} neigh flush nud permanent dev {PeerCable}", cancellationToken);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var name in Enumerable.Range(0, Nodes).Select(_names.Namespace))
        {
            await LeftoverNetworks.RemoveNamespaceAsync(name, CancellationToken.None);
        }

        await LeftoverNetworks.RemoveLinkAsync(_names.HostBridge, CancellationToken.None);
        await LeftoverNetworks.RemoveLinkAsync(_names.PeerBridge, CancellationToken.None);
    }

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        await AddBridgeAsync(_names.HostBridge, cancellationToken);
        await AddBridgeAsync(_names.PeerBridge, cancellationToken);
        await IpCommand.RunAsync($"address add {_names.Host}/25 dev {_names.HostBridge}", cancellationToken);
        for (var node = 0; node < Nodes; node++)
        {
            var space = _names.Namespace(node);
            await IpCommand.RunAsync($"netns add {space}", cancellationToken);
            await IpCommand.RunAsync($"-n {space} link set lo up", cancellationToken);
            await AddCableAsync(space, HostCable, _names.AddressForHost(node), _names.HostPlug(node), _names.HostBridge, cancellationToken);
            await AddCableAsync(space, PeerCable, _names.AddressForPeers(node), _names.PeerPlug(node), _names.PeerBridge, cancellationToken);
        }
    }

    private static async Task AddBridgeAsync(string bridge, CancellationToken cancellationToken)
    {
        await IpCommand.RunAsync($"link add {bridge} type bridge", cancellationToken);
        await IpCommand.RunAsync($"link set {bridge} up", cancellationToken);
    }

    private static async Task AddCableAsync(
        string space, string end, IPAddress address, string plug, string bridge, CancellationToken cancellationToken)
    {
        await IpCommand.RunAsync($"link add {plug} type veth peer name {end} netns {space}", cancellationToken);
        await IpCommand.RunAsync($"link set {plug} up", cancellationToken);
        await IpCommand.RunAsync($"-n {space} address add {address}/25 dev {end}", cancellationToken);
        await IpCommand.RunAsync($"-n {space} link set {end} up", cancellationToken);
        await PlugAsync(plug, bridge, cancellationToken);
    }

    private static async Task PlugAsync(string plug, string bridge, CancellationToken cancellationToken) =>
        await IpCommand.RunAsync($"link set {plug} master {bridge}", cancellationToken);

    private static async Task UnplugAsync(string plug, CancellationToken cancellationToken) =>
        await IpCommand.RunAsync($"link set {plug} nomaster", cancellationToken);

    /// <summary>Frames to the other node carry a hardware address that nobody has.</summary>
    private async Task MisleadAsync(int node, int other, CancellationToken cancellationToken) => await IpCommand.RunAsync(
        $"-n {_names.Namespace(node)} neigh replace {Address(other)} lladdr {Nowhere} dev {PeerCable} nud permanent", cancellationToken);
}
