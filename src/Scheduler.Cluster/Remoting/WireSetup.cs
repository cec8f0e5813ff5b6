using Akka.Actor.Setup;

namespace Scheduler.Cluster.Remoting;

/// <summary>Hands the node's <see cref="Refusals"/> to what Akka makes by name: the guard of connections and our serializer.</summary>
internal sealed class WireSetup(Refusals refusals) : Setup
{
    public Refusals Refusals { get; } = refusals;
}
