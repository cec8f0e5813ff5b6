using System.Net.Sockets;

namespace Scheduler.Kubernetes.Connection;

/// <summary>Connects so that a vanished peer is noticed within seconds, on HTTP/1.1 too.</summary>
internal static class DeadPeerDetection
{
    private const int Tcp = 6;
    private const int UserTimeout = 18;

    private static readonly TimeSpan ProbeAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(3);
    private const int Probes = 3;

    /// <summary>How long the kernel goes on sending what the peer does not acknowledge.</summary>
    private static readonly TimeSpan UnacknowledgedLimit = TimeSpan.FromSeconds(5);

    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)ProbeAfter.TotalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, (int)ProbeInterval.TotalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
            if (OperatingSystem.IsLinux())
            {
                // Also keeps a create that its client gave up from being delivered after a long network outage (tcp(7)).
                socket.SetRawSocketOption(Tcp, UserTimeout, BitConverter.GetBytes((int)UnacknowledgedLimit.TotalMilliseconds));
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
