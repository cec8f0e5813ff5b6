using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Scheduler.Testing.Remoting;

/// <summary>
/// Somebody who is no member of the cluster and speaks Akka's protocol over plain TCP: frames with their length in front, a
/// handshake, then any message to any actor.
/// </summary>
public sealed class Stranger : IAsyncDisposable
{
    private const ulong Associate = 1;
    private const ulong NotCounted = ulong.MaxValue;
    private const int LargestFrame = 16 * 1024 * 1024;

    private static int Strangers;

    private readonly TcpClient _client;
    private readonly int _port;

    private Stranger(TcpClient client, int port) => (_client, _port) = (client, port);

    /// <summary>Where it says to be reached; nobody listens there, and no other stranger says so.</summary>
    public int Origin { get; } = 1 + (Interlocked.Increment(ref Strangers) % 1000);

    /// <summary>Connects, and says nothing.</summary>
    public static async Task<Stranger> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, cancellationToken);
        return new Stranger(client, port);
    }

    /// <summary>Connects and introduces itself, as any node does.</summary>
    public static async Task<Stranger> IntroducedAsync(int port, CancellationToken cancellationToken)
    {
        var stranger = await ConnectAsync(port, cancellationToken);
        await stranger.SendAsync(Handshake(stranger.Origin), cancellationToken);
        await stranger.ReceiveAsync(cancellationToken);
        return stranger;
    }

    /// <summary>A frame that introduces a node.</summary>
    /// <param name="port">Where it is reached on this machine.</param>
    public static ProtoBytes Handshake(int port)
    {
        var origin = new ProtoBytes().Text(1, "scheduler").Text(2, "127.0.0.1").Number(3, (ulong)port).Text(4, "tcp");
        return new ProtoBytes().Message(2, new ProtoBytes().Number(1, Associate).Message(2, new ProtoBytes().Message(1, origin).Fixed(2, 4711)));
    }

    /// <summary>A frame with a message to an actor of the node.</summary>
    /// <param name="path">As /user/limiter.</param>
    /// <param name="payload">The message.</param>
    /// <param name="number">Of a system message; null = it is not counted.</param>
    public ProtoBytes Envelope(string path, Payload payload, ulong? number = null)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var recipient = string.Create(CultureInfo.InvariantCulture, $"akka.tcp://scheduler@127.0.0.1:{_port}{path}");
        var envelope = new ProtoBytes()
            .Message(1, new ProtoBytes().Text(1, recipient))
            .Message(2, payload.ToProto())
            .Message(4, new ProtoBytes().Text(1, string.Create(CultureInfo.InvariantCulture, $"akka.tcp://scheduler@127.0.0.1:{Origin}/user/stranger")))
            .Fixed(5, number ?? NotCounted);
        return new ProtoBytes().Bytes(1, new ProtoBytes().Message(2, envelope).ToArray());
    }

    public Task TellAsync(string path, Payload payload, CancellationToken cancellationToken) => SendAsync(Envelope(path, payload), cancellationToken);

    public Task SendAsync(ProtoBytes frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var bytes = frame.ToArray();
        var all = new byte[sizeof(int) + bytes.Length];
        BinaryPrimitives.WriteInt32LittleEndian(all, bytes.Length);
        bytes.CopyTo(all, sizeof(int));
        return SendRawAsync(all, cancellationToken);
    }

    /// <summary>Bytes as they are, without a length.</summary>
    public async Task SendRawAsync(byte[] bytes, CancellationToken cancellationToken) => await _client.GetStream().WriteAsync(bytes, cancellationToken);

    /// <summary>The next frame; null once the node has closed the connection.</summary>
    public async Task<byte[]?> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var length = new byte[sizeof(int)];
            await _client.GetStream().ReadExactlyAsync(length, cancellationToken);
            var frame = new byte[Math.Min(BinaryPrimitives.ReadInt32LittleEndian(length), LargestFrame)];
            await _client.GetStream().ReadExactlyAsync(frame, cancellationToken);
            return frame;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether the node answers the question for an actor, which it does for whoever may speak.</summary>
    public async Task<bool> IsHeardAsync(CancellationToken cancellationToken)
    {
        const int identify = 16;
        await TellAsync("/user", new Payload(identify, "ID", []), cancellationToken);
        while (await ReceiveAsync(cancellationToken) is { } frame)
        {
            if (Encoding.Latin1.GetString(frame).Contains("AID", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
