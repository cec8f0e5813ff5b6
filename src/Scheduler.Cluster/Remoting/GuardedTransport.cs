using Akka.Actor;
using Akka.Event;
using Akka.Remote.Transport;

namespace Scheduler.Cluster.Remoting;

/// <summary>
/// Stands between Akka's sockets and its protocol: bounds the connections from outside and looks at every frame. Unlike Akka's
/// own adapters it leaves addresses as they are, so nodes with and without it talk to each other.
/// </summary>
internal sealed class GuardedTransport : Transport
{
    private readonly Transport _sockets;
    private readonly Refusals _refusals;
    private ConnectionBook _book = ConnectionBook.Empty;

    public GuardedTransport(Transport sockets, ActorSystem system, Refusals refusals)
    {
        (_sockets, _refusals) = (sockets, refusals);
        (System, Config) = (system, sockets.Config);
    }

    public override string SchemeIdentifier => _sockets.SchemeIdentifier;

    public override long MaximumPayloadBytes => _sockets.MaximumPayloadBytes;

    public override async Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        var (address, listening) = await _sockets.Listen();
        var listener = new TaskCompletionSource<IAssociationEventListener>();
        _ = BeginAsync();
        return (address, listener);

        // Ends as soon as Akka is ready for connections; the sockets accept none before.
        async Task BeginAsync() => listening.TrySetResult(new Doorkeeper(this, await listener.Task));
    }

    public override bool IsResponsibleFor(Address remote) => _sockets.IsResponsibleFor(remote);

    public override async Task<AssociationHandle> Associate(Address remoteAddress) =>
        new GuardedHandle(await _sockets.Associate(remoteAddress), _refusals, introduced: () => { }, closed: () => { });

    public override Task<bool> Shutdown() => _sockets.Shutdown();

    public override Task<bool> ManagementCommand(object message) => _sockets.ManagementCommand(message);

    /// <summary>Null if there is no room.</summary>
    private GuardedHandle? Admit(AssociationHandle handle)
    {
        var entry = new ConnectionBook.Entry(handle.RemoteAddress.Host ?? "", handle);
        ConnectionBook.Entry? displaced;
        ConnectionBook before;
        ConnectionBook? after;
        do
        {
            before = Volatile.Read(ref _book);
            after = before.Admit(entry, out displaced);
            if (after is null)
            {
                _refusals.Connection(entry.Host, "crowded", "there are as many as this node holds");
                Drop(handle);
                return null;
            }
        }
        while (Interlocked.CompareExchange(ref _book, after, before) != before);

        _refusals.OpenConnections(after.Open.Length);
        if (displaced is not null)
        {
            _refusals.Connection(displaced.Host, "displaced", "it did not introduce itself, and its place was needed");
            Drop(displaced.Handle);
        }

        return new GuardedHandle(handle, _refusals, introduced: () => entry.IsIntroduced = true, closed: () => Forget(entry));
    }

    private void Forget(ConnectionBook.Entry entry)
    {
        ConnectionBook before;
        ConnectionBook after;
        do
        {
            before = Volatile.Read(ref _book);
            after = before.Without(entry);
        }
        while (Interlocked.CompareExchange(ref _book, after, before) != before);

        _refusals.OpenConnections(after.Open.Length);
    }

    private static void Drop(AssociationHandle handle) => handle.Disassociate("there is no room", NoLogger.Instance);

    /// <summary>Is told of connections from outside, and tells of those that were admitted.</summary>
    private sealed class Doorkeeper(GuardedTransport transport, IAssociationEventListener inside) : IAssociationEventListener
    {
        public void Notify(IAssociationEvent ev)
        {
            if (ev is not InboundAssociation { Association: var handle })
            {
                inside.Notify(ev);
            }
            else if (transport.Admit(handle) is { } admitted)
            {
                inside.Notify(new InboundAssociation(admitted));
            }
        }
    }
}
