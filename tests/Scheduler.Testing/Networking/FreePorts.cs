using System.Net;
using System.Net.Sockets;

namespace Scheduler.Testing.Networking;

/// <summary>TCP ports nobody listens on.</summary>
public static class FreePorts
{
    /// <summary>Different ports of the loopback address, all free a moment ago.</summary>
    public static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        Array.ForEach(listeners, listener => listener.Start());
        var ports = Array.ConvertAll(listeners, listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        Array.ForEach(listeners, listener => listener.Dispose());
        return ports;
    }
}
