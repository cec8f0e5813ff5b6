using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace Scheduler.Management.Serving;

/// <summary>
/// How many connections a server has at a time, in all and from one address: a stranger who opens as many as he can neither
/// exhausts the node nor keeps the kubelet's probes out. What is beyond is told so, and closed. Safe to use from any thread.
/// </summary>
internal sealed class ConnectionCap(int most, int mostOfAnAddress)
{
    /// <summary>A client that has not sent its request when it is answered may not see the answer.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<IPAddress, int> _ofAddress = new();
    private int _all;

    /// <summary>Passes the connection on if there is room for it. Returns when it has ended.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        var ofAddress = _ofAddress.AddOrUpdate(address, 1, static (_, count) => count + 1);
        try
        {
            if (ofAddress > mostOfAnAddress)
            {
                await RefuseAsync(
                    connection, FormattableString.Invariant($"too many connections from one address, at most {mostOfAnAddress} are served"));
                return;
            }

            try
            {
                if (Interlocked.Increment(ref _all) <= most)
                {
                    await next(connection);
                    return;
                }
            }
            finally
            {
                Interlocked.Decrement(ref _all);
            }

            await RefuseAsync(connection, FormattableString.Invariant($"too many connections, at most {most} are served"));
        }
        finally
        {
            if (_ofAddress.AddOrUpdate(address, 0, static (_, count) => count - 1) == 0)
            {
                _ofAddress.TryRemove(new KeyValuePair<IPAddress, int>(address, 0));
            }
        }
    }

    private static async Task RefuseAsync(ConnectionContext connection, string message)
    {
        var body = Answer.Text(new MessageDocument(message));
        var answer = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nRetry-After: 5\r\nConnection: close\r\n"
            + FormattableString.Invariant($"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
        try
        {
            await HearAsync(connection);
            await connection.Transport.Output.WriteAsync(Encoding.UTF8.GetBytes(answer), connection.ConnectionClosed);
            await connection.Transport.Output.CompleteAsync();
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // It has gone by itself.
        }
    }

    private static async Task HearAsync(ConnectionContext connection)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        patience.CancelAfter(Courtesy);
        try
        {
            await connection.Transport.Input.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // It says nothing, so nothing of it is lost.
        }
    }
}
