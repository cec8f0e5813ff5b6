using System.Globalization;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Akka.Remote.Transport.DotNetty;
using Scheduler.Cluster.Coordination;
using Scheduler.Cluster.Formation;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Cluster.Hosting;

/// <summary>The cluster under a node: remoting, membership, leases, and how it finds the others.</summary>
public static class NodeCluster
{
    /// <summary>Adds all that to an actor system that has the configuration of <c>hocon/</c> already.</summary>
    public static AkkaConfigurationBuilder WithCluster(
        this AkkaConfigurationBuilder builder, NodeAddress address, ClusterParts parts, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(parts);
        builder
            .WithRemoting(new RemoteOptions { HostName = address.BindHost, PublicHostName = address.PublicHost, Port = address.Port })
            .WithClustering(new ClusterOptions { Roles = [SchedulerNode.Role] })
            .AddHocon(LeaseTiming(parts.Timing), HoconAddMode.Prepend)
            .AddSetup(parts.Leases);
        Protect(builder, address.Certificate);
        if (address.IsSeverable)
        {
            builder.AddHocon("akka.remote.dot-netty.tcp.applied-adapters = [trttl]", HoconAddMode.Prepend);
        }

        return builder.AddStartup((system, _) =>
        {
            if (parts.LimiterSighting is { } sighting)
            {
                system.ActorOf(LeaseLookout.Props(sighting, parts.Timing.RenewInterval), "limiter-lookout");
            }

            if (parts.Pods is { } pods)
            {
                system.ActorOf(PodWarden.Props(pods, parts.Timing.RenewInterval, time), "pod-warden");
            }

            if (parts.Founding is { } founding)
            {
                system.ActorOf(ClusterFormation.Props(founding.Settings, founding.Peers, founding.Lease, time), "formation");
                if (founding.Settings.FrozenPatience is { } patience)
                {
                    system.ActorOf(FreezeWatch.Props(patience, time), "freeze-watch");
                }
            }
            else
            {
                var cluster = Akka.Cluster.Cluster.Get(system);
                cluster.Join(cluster.SelfAddress);
            }
        });
    }

    private static void Protect(AkkaConfigurationBuilder builder, NodeCertificate? certificate)
    {
        if (certificate is null)
        {
            return;
        }

        builder.AddHocon("akka.remote.dot-netty.tcp.enable-ssl = on", HoconAddMode.Prepend);
        builder.AddSetup(new DotNettySslSetup(
            certificate.Own,
            suppressValidation: false,
            requireMutualAuthentication: true,
            (peer, _, _, _, _) => certificate.Trusts(peer)));
    }

    private static string LeaseTiming(LeaseOptions timing) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        akka.coordination.lease.kubernetes {
          heartbeat-timeout = {{timing.Duration.TotalMilliseconds:F0}}ms
          heartbeat-interval = {{timing.RenewInterval.TotalMilliseconds:F0}}ms
          lease-operation-timeout = {{timing.OperationTimeout.TotalMilliseconds:F0}}ms
        }
        """);
}
