using System.Net;
using System.Net.Sockets;

namespace Scheduler.Deploy.Tests;

/// <summary>TCP ports of this machine.</summary>
internal static class Ports
{
    /// <summary>One that nobody listens on at the moment.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
