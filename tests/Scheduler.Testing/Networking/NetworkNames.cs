using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Scheduler.Testing.Networking;

/// <summary>
/// Names and addresses of one network. All names tell the process that made them, so that two runs do not meet and what a dead run
/// left is known; interface names may have 15 characters at most.
/// </summary>
internal sealed partial record NetworkNames(int ProcessId, int Number)
{
    private const int FirstPort = 4051;

    private string Prefix => string.Create(CultureInfo.InvariantCulture, $"st{ProcessId}-{Number}");

    /// <summary>Joins the nodes with this process.</summary>
    public string HostBridge => Prefix + "h";

    /// <summary>Joins the nodes with each other.</summary>
    public string PeerBridge => Prefix + "p";

    public IPAddress Host(IpFamilies family) => family == IpFamilies.IPv6 ? In6(0, 1) : In(1);

    public string Namespace(int node) => $"{Prefix}-{node}";

    /// <summary>The end of the node's cable that is plugged into <see cref="HostBridge"/>.</summary>
    public string HostPlug(int node) => $"{HostBridge}{node}";

    /// <summary>The end of the node's cable that is plugged into <see cref="PeerBridge"/>.</summary>
    public string PeerPlug(int node) => $"{PeerBridge}{node}";

    /// <summary>What this process knows the node by.</summary>
    public IPAddress AddressForHost(int node, IpFamilies family) => family == IpFamilies.IPv6 ? In6(0, 10 + node) : In(10 + node);

    /// <summary>What other nodes know the node by.</summary>
    public IPAddress AddressForPeers(int node, IpFamilies family) => family == IpFamilies.IPv6 ? In6(1, 10 + node) : In(129 + node);

    public static int Port(int node) => FirstPort + node;

    /// <summary>The process that made what has this name; null if it is no network's.</summary>
    public static int? MakerOf(string name) =>
        Made().Match(name) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    /// <summary>Half of a /24 goes to each bridge; which /24 of 10.64.0.0/10 depends on the maker.</summary>
    private IPAddress In(int last)
    {
        var subnet = (ProcessId + (Number * 1021)) & 0x3FFF;
        return new IPAddress([10, (byte)(64 + (subnet >> 8)), (byte)subnet, (byte)last]);
    }

    /// <summary>A /64 of unique local addresses for each bridge.</summary>
    private IPAddress In6(int bridge, int last)
    {
        var subnet = (ProcessId + (Number * 1021)) & 0x3FFF;
        return IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"fd5c:7e57:{subnet:x}:{bridge}::{last:x}"));
    }

    [GeneratedRegex(@"^st(\d+)-\d+[-hp]\d*$", RegexOptions.CultureInvariant)]
    private static partial Regex Made();
}
