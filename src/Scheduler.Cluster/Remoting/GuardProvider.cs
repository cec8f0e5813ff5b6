using Akka.Actor;
using Akka.Remote.Transport;

namespace Scheduler.Cluster.Remoting;

/// <summary>Puts a <see cref="GuardedTransport"/> above the sockets. Named in <c>hocon/remote.conf</c>.</summary>
public sealed class GuardProvider : ITransportAdapterProvider
{
    /// <param name="wrappedTransport">The sockets.</param>
    /// <param name="system">Was given a <see cref="WireSetup"/>; without one nothing is guarded.</param>
    public Transport Create(Transport wrappedTransport, ExtendedActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        var setup = system.Settings.Setup.Get<WireSetup>();
        return setup.HasValue ? new GuardedTransport(wrappedTransport, system, setup.Value.Refusals) : wrappedTransport;
    }
}
