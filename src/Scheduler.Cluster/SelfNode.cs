using Akka.Actor;
using Akka.Cluster;

namespace Scheduler.Cluster;

/// <summary>Names this node as the other nodes do.</summary>
internal static class SelfNode
{
    /// <summary>The cluster address, such as <c>akka.tcp://scheduler@host:4053</c>; empty where there is no cluster (tests of one actor).</summary>
    public static string Of(ActorSystem system) =>
        system is ExtendedActorSystem { Provider: IClusterActorRefProvider }
            ? Akka.Cluster.Cluster.Get(system).SelfAddress.ToString()
            : "";
}
