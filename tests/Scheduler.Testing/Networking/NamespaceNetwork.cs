using System.Net;
using System.Net.Sockets;

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

    private readonly IpFamilies _families;

    private NamespaceNetwork(int nodes, IpFamilies families) => (Nodes, _families) = (nodes, families);

    public override string? CannotCutBecause => null;

    public override string? CannotLosePacketsBecause => PacketFilter.IsInstalled ? null : "nft is not installed";

    public override IPAddress Host => _names.Host(First);

    public override int Nodes { get; }

    /// <exception cref="IpCommandException">Not allowed here; nothing is left behind.</exception>
    public static new async Task<NodeNetwork> CreateAsync(
        int nodes, IpFamilies families, Func<int, IReadOnlyList<IPAddress>, string>? hosts, CancellationToken cancellationToken)
    {
        var network = new NamespaceNetwork(nodes, families);
        try
        {
            await network.BuildAsync(cancellationToken);
            network.WriteHosts(hosts);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public override IPAddress Address(int node) => _names.AddressForPeers(node, First);

    public override int Port(int node) => NetworkNames.Port(node);

    public override Uri Management(int node) => new UriBuilder("http", $"{_names.AddressForHost(node, First)}", ManagementPort).Uri;

    public override IReadOnlyList<string> Launcher(int node) => ["ip", "netns", "exec", _names.Namespace(node)];

    public override Task CutFromPeersAsync(int node, CancellationToken cancellationToken) => UnplugAsync(_names.PeerPlug(node), cancellationToken);

    public override Task CutFromHostAsync(int node, CancellationToken cancellationToken) => UnplugAsync(_names.HostPlug(node), cancellationToken);

    public override async Task CutLinkAsync(int one, int other, CancellationToken cancellationToken)
    {
        await MisleadAsync(one, other, cancellationToken);
        await MisleadAsync(other, one, cancellationToken);
    }

    public override Task LosePacketsAsync(int node, int percent, CancellationToken cancellationToken) =>
        PacketFilter.DropAsync(_names.Namespace(node), percent, cancellationToken);

    public override async Task HealAsync(CancellationToken cancellationToken)
    {
        for (var node = 0; node < Nodes; node++)
        {
            if (PacketFilter.IsInstalled)
            {
                await PacketFilter.DropNothingAsync(_names.Namespace(node), cancellationToken);
            }

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

    private IpFamilies First => Families.First();

    private IEnumerable<IpFamilies> Families => new[] { IpFamilies.IPv4, IpFamilies.IPv6 }.Where(family => _families.HasFlag(family));

    private static string Range(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? $"{address}/25" : $"{address}/64";

    /// <summary>IPv6 addresses are otherwise not used before it is sure that nobody else has them.</summary>
    private static string NoWait(IpFamilies family) => family == IpFamilies.IPv6 ? " nodad" : "";

    /// <summary>Programs started by <c>ip netns exec</c> find this file in place of <c>/etc/hosts</c>.</summary>
    private void WriteHosts(Func<int, IReadOnlyList<IPAddress>, string>? hosts)
    {
        if (hosts is null)
        {
            return;
        }

        var lines = Enumerable.Range(0, Nodes).Select(node => hosts(node, [.. Families.Select(family => _names.AddressForPeers(node, family))]));
        var text = $"127.0.0.1 localhost\n::1 localhost\n{string.Join('\n', lines)}\n";
        foreach (var space in Enumerable.Range(0, Nodes).Select(_names.Namespace))
        {
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(LeftoverNetworks.Settings, space)).FullName, "hosts"), text);
        }
    }

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        await AddBridgeAsync(_names.HostBridge, cancellationToken);
        await AddBridgeAsync(_names.PeerBridge, cancellationToken);
        foreach (var family in Families)
        {
            await IpCommand.RunAsync($"address add {Range(_names.Host(family))} dev {_names.HostBridge}{NoWait(family)}", cancellationToken);
        }

        for (var node = 0; node < Nodes; node++)
        {
            var space = _names.Namespace(node);
            await IpCommand.RunAsync($"netns add {space}", cancellationToken);
            await IpCommand.RunAsync($"-n {space} link set lo up", cancellationToken);
            await AddCableAsync(space, HostCable, family => _names.AddressForHost(node, family), _names.HostPlug(node), _names.HostBridge, cancellationToken);
            await AddCableAsync(space, PeerCable, family => _names.AddressForPeers(node, family), _names.PeerPlug(node), _names.PeerBridge, cancellationToken);
        }
    }

    private static async Task AddBridgeAsync(string bridge, CancellationToken cancellationToken)
    {
        await IpCommand.RunAsync($"link add {bridge} type bridge", cancellationToken);
        await IpCommand.RunAsync($"link set {bridge} up", cancellationToken);
    }

    private async Task AddCableAsync(
        string space, string end, Func<IpFamilies, IPAddress> address, string plug, string bridge, CancellationToken cancellationToken)
    {
        await IpCommand.RunAsync($"link add {plug} type veth peer name {end} netns {space}", cancellationToken);
        await IpCommand.RunAsync($"link set {plug} up", cancellationToken);
        foreach (var family in Families)
        {
            await IpCommand.RunAsync($"-n {space} address add {Range(address(family))} dev {end}{NoWait(family)}", cancellationToken);
        }

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
