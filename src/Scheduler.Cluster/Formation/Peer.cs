using System.Net;
using System.Net.Sockets;

namespace Scheduler.Cluster.Formation;

/// <summary>Another scheduler node, or this one, as known from outside the cluster.</summary>
/// <param name="Host">Name or address it is reached at; an IPv6 address with or without brackets.</param>
/// <param name="Port">Its remoting port.</param>
public sealed record Peer(string Host, int Port)
{
    /// <summary>As it stands in the addresses of members, so that equal hosts are equal texts.</summary>
    public string Host { get; init; } = Normalize(Host);

    /// <summary>Addresses in the form that Akka gives them: <c>[fd00::1]</c>; names as they are.</summary>
    public static string Normalize(string host) => !IPAddress.TryParse(host, out var address) ? host
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]"
        : address.ToString();
}
