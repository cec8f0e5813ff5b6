using System.Net;
using System.Net.Http.Headers;
using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Connection;

/// <summary>
/// A JSON body that refuses to be sent after some time, by either clock, and that knows whether any of it was sent. A request
/// can wait long for a connection, but the time-out written into its address counts only from its arrival at the server; and
/// without its body the server cannot carry it out.
/// </summary>
internal sealed class GuardedContent : HttpContent
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Closed = 2;

    private readonly byte[] _body;
    private readonly TimeSpan _within;
    private readonly TimeProvider _time;
    private readonly ClockReading _made;
    private int _state;

    public GuardedContent(byte[] body, TimeSpan within, TimeProvider time)
    {
        (_body, _within, _time, _made) = (body, within, time, ClockReading.Take(time));
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>True: nothing was sent and nothing will be, even if the sender should still come to it.</summary>
    public bool Close() => Interlocked.CompareExchange(ref _state, Closed, Waiting) != Begun;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (ClockReading.Take(_time).Since(_made) > _within)
        {
            Close();
        }

        if (Interlocked.CompareExchange(ref _state, Begun, Waiting) != Waiting)
        {
            throw new IOException("no connection was free in time, so the request was not sent");
        }

        await stream.WriteAsync(_body, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
