using Akka.Actor;
using Akka.Remote;
using Akka.Remote.Transport;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Scheduler.Demo;

/// <summary>
/// A crash as others see it: from one moment on the node says nothing more, neither to its peers nor to Kubernetes, and hands
/// over nothing. (Within one process; killing whole processes is for the tests.)
/// </summary>
internal static class NodeCrash
{
    /// <summary>Returns once the node's port is free again.</summary>
    /// <param name="host">A node made severable.</param>
    public static async Task CrashAsync(IHost host)
    {
        // Akka.Hosting takes the end of an actor system for the end of the process.
        var exitCode = Environment.ExitCode;
        var system = (ExtendedActorSystem)host.Services.GetRequiredService<ActorSystem>();
        await CutConnectionsAsync(system);
        system.Abort();
        await system.WhenTerminated;
        host.Services.GetRequiredService<IKubernetes>().Dispose();
        host.Dispose();
        Environment.ExitCode = exitCode;
    }

    private static async Task CutConnectionsAsync(ExtendedActorSystem system)
    {
        var transport = ((IRemoteActorRefProvider)system.Provider).Transport;
        var cluster = Akka.Cluster.Cluster.Get(system);
        foreach (var peer in cluster.State.Members.Select(member => member.Address).Where(address => !address.Equals(cluster.SelfAddress)))
        {
            await transport.ManagementCommand(new SetThrottle(peer, ThrottleTransportAdapter.Direction.Both, Blackhole.Instance));
        }
    }
}
