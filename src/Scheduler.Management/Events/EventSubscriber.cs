using System.Threading.Channels;
using Akka.Actor;
using Akka.Cluster;

namespace Scheduler.Management.Events;

/// <summary>
/// Passes cluster events on to one reader, the present state first. A reader that falls too far behind is cut off: it would
/// miss changes without knowing.
/// </summary>
internal sealed class EventSubscriber : ReceiveActor
{
    private readonly ChannelWriter<EventDocument> _reader;

    public EventSubscriber(ChannelWriter<EventDocument> reader)
    {
        _reader = reader;
        Receive<ClusterEvent.IClusterDomainEvent>(PassOn);
    }

    public static Props Props(ChannelWriter<EventDocument> reader) => Akka.Actor.Props.Create(() => new EventSubscriber(reader));

    protected override void PreStart() => Akka.Cluster.Cluster.Get(Context.System).Subscribe(
        Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IClusterDomainEvent));

    protected override void PostStop()
    {
        Akka.Cluster.Cluster.Get(Context.System).Unsubscribe(Self);
        _reader.TryComplete();
    }

    private void PassOn(ClusterEvent.IClusterDomainEvent change)
    {
        if (EventDocument.Of(change) is { } document && !_reader.TryWrite(document))
        {
            Context.Stop(Self);
        }
    }
}
