using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Scheduler.Testing.Networking;

/// <summary>Relays connections to a server as over a long line: every byte arrives some time later, in both directions.</summary>
public sealed class LongLine : IAsyncDisposable
{
    private const int ChunkSize = 64 * 1024;

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _server;
    private readonly Task _serving;
    private long _delayTicks;

    private LongLine(IPAddress nearEnd, IPEndPoint server, TimeSpan roundTrip)
    {
        (_listener, _server, RoundTrip) = (new TcpListener(nearEnd, 0), server, roundTrip);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Where the near end listens.</summary>
    public IPEndPoint NearEnd => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>There and back; at least 0. May be changed at any time: what is on its way arrives by the new time.</summary>
    public TimeSpan RoundTrip
    {
        get => 2 * TimeSpan.FromTicks(Interlocked.Read(ref _delayTicks));
        set => Interlocked.Exchange(ref _delayTicks, (value / 2).Ticks);
    }

    /// <param name="server">The far end.</param>
    /// <param name="roundTrip">There and back; at least 0.</param>
    /// <param name="nearEnd">Where the near end is to listen; null = on the loopback address.</param>
    public static LongLine To(IPEndPoint server, TimeSpan roundTrip, IPAddress? nearEnd = null) =>
        new(nearEnd ?? IPAddress.Loopback, server, roundTrip);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException && _stop.IsCancellationRequested)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task RelayAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using (near)
        {
            try
            {
                await far.ConnectAsync(_server, ended.Token);
                (near.NoDelay, far.NoDelay) = (true, true);
                await await Task.WhenAny(
                    CarryAsync(near.GetStream(), far.GetStream(), ended.Token), CarryAsync(far.GetStream(), near.GetStream(), ended.Token));
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // One end is gone, and then so is the other.
            }
            finally
            {
                await ended.CancelAsync();
            }
        }
    }

    private async Task CarryAsync(NetworkStream from, NetworkStream to, CancellationToken cancellationToken)
    {
        var line = Channel.CreateUnbounded<(byte[] Bytes, long SentAt)>();
        await Task.WhenAll(SendAsync(from, line.Writer, cancellationToken), ArriveAsync(line.Reader, to, cancellationToken));
    }

    private static async Task SendAsync(NetworkStream from, ChannelWriter<(byte[] Bytes, long SentAt)> line, CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[ChunkSize];
            while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var length)
            {
                await line.WriteAsync((buffer[..length], Stopwatch.GetTimestamp()), cancellationToken);
            }
        }
        finally
        {
            line.Complete();
        }
    }

    private async Task ArriveAsync(ChannelReader<(byte[] Bytes, long SentAt)> line, NetworkStream to, CancellationToken cancellationToken)
    {
        await foreach (var (bytes, sentAt) in line.ReadAllAsync(cancellationToken))
        {
            if ((RoundTrip / 2) - Stopwatch.GetElapsedTime(sentAt) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, cancellationToken);
            }

            await to.WriteAsync(bytes, cancellationToken);
        }
    }
}
