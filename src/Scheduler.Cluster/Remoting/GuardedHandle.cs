using Akka.Event;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace Scheduler.Cluster.Remoting;

/// <summary>One connection, whose frames are looked at before they are given on.</summary>
internal sealed class GuardedHandle : AssociationHandle
{
    private readonly AssociationHandle _socket;
    private readonly Action _closed;

    /// <param name="socket">The connection itself.</param>
    /// <param name="refusals">Told what was refused.</param>
    /// <param name="introduced">Called once its handshake has come.</param>
    /// <param name="closed">Called when it is closed by either side, perhaps more than once.</param>
    public GuardedHandle(AssociationHandle socket, Refusals refusals, Action introduced, Action closed)
        : base(socket.LocalAddress, socket.RemoteAddress)
    {
        (_socket, _closed) = (socket, closed);
        _ = BeginAsync();

        // Ends as soon as Akka is ready for frames; the socket is not read before.
        async Task BeginAsync() => socket.ReadHandlerSource.TrySetResult(new Reader(this, await ReadHandlerSource.Task, refusals, introduced));
    }

    public override bool Write(ByteString payload) => _socket.Write(payload);

    [Obsolete("Akka calls it through the overload with a reason.")]
    public override void Disassociate()
    {
        _closed();
        _socket.Disassociate();
    }

    private sealed class Reader(GuardedHandle handle, IHandleEventListener inside, Refusals refusals, Action introduced) : IHandleEventListener
    {
        private readonly FrameInspection _inspection = new();
        private bool _isCut;

        public void Notify(IHandleEvent ev)
        {
            if (ev is InboundPayload { Payload: var frame })
            {
                if (!_isCut && Passes(frame))
                {
                    inside.Notify(ev);
                }

                return;
            }

            if (ev is Disassociated)
            {
                handle._closed();
            }

            inside.Notify(ev);
        }

        private bool Passes(ByteString frame)
        {
            var wasIntroduced = _inspection.IsIntroduced;
            var verdict = _inspection.Look(frame.Span);
            if (verdict.UnknownSerializer is { } serializer)
            {
                _ = refusals.Payload(serializer, null, "there is no such serializer here");
                return false;
            }

            if (verdict.Complaint is { } complaint)
            {
                _isCut = true;
                refusals.Connection(handle.RemoteAddress.ToString(), "malformed", complaint);
                // The sockets tell of the end themselves, as soon as it has come.
                handle.Disassociate(complaint, NoLogger.Instance);
                return false;
            }

            if (!wasIntroduced && _inspection.IsIntroduced)
            {
                introduced();
            }

            return true;
        }
    }
}
