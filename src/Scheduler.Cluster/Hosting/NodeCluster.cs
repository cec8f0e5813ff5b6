using System.Globalization;
using Akka.Cluster.Hosting;
using Akka.Event;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Akka.Remote.Transport.DotNetty;
using Akka.Serialization;
using Scheduler.Cluster.Coordination;
using Scheduler.Cluster.Formation;
using Scheduler.Cluster.Metrics;
using Scheduler.Cluster.Remoting;
using Scheduler.Cluster.Serialization;
using Scheduler.Cluster.Trust;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Cluster.Hosting;

/// <summary>The cluster under a node: remoting, membership, leases, and how it finds the others.</summary>
public static class NodeCluster
{
    /// <summary>Adds all that to an actor system that has the configuration of <c>hocon/</c> already.</summary>
    public static AkkaConfigurationBuilder WithCluster(
        this AkkaConfigurationBuilder builder, NodeAddress address, ClusterParts parts, TimeProvider time, WireMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(parts);
        builder
            .WithRemoting(new RemoteOptions { HostName = address.BindHost, PublicHostName = address.PublicHost, Port = address.Port })
            .WithClustering(new ClusterOptions { Roles = [SchedulerNode.Role] })
            .AddHocon(LeaseTiming(parts.Timing), HoconAddMode.Prepend)
            .AddSetup(parts.Leases);
        var refusals = new Refusals(metrics, time);
        Narrow(builder, refusals);
        Protect(builder, address.Certificate, refusals);
        if (address.Certificate is { } certificate && parts.Renewal is { } renewal)
        {
            builder.AddStartup((system, _) => system.ActorOf(CertificateWatch.Props(certificate, renewal, time), "certificate-watch"));
        }

        if (address.NamesAreIPv6)
        {
            builder.AddHocon("akka.remote.dot-netty.tcp.dns-use-ipv6 = on", HoconAddMode.Prepend);
        }

        if (address.IsSeverable)
        {
            builder.AddHocon("akka.remote.dot-netty.tcp.applied-adapters = [trttl, guard]", HoconAddMode.Prepend);
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

    private static void Narrow(AkkaConfigurationBuilder builder, Refusals refusals) => builder
        .AddSetup(new WireSetup(refusals))
        .AddSetup(SerializationSetup.Create(system =>
        {
            refusals.TellTo(Logging.GetLogger(system.EventStream, typeof(Refusals)));
            return WireTable.Replacements(system, refusals);
        }));

    /// <summary>
    /// TLS gives the nodes addresses of another protocol, so nodes with and without it are two clusters, each of which has its own
    /// founder and decides by its own lease who goes on; only the limiter's lease is one for both.
    /// </summary>
    private static void Protect(AkkaConfigurationBuilder builder, NodeCertificate? certificate, Refusals refusals)
    {
        if (certificate is null)
        {
            return;
        }

        builder.AddHocon(
            $$"""
            akka.remote.dot-netty.tcp {
              enable-ssl = on
              transport-class = "{{typeof(ProbingTransport).FullName}}, {{typeof(ProbingTransport).Assembly.GetName().Name}}"
            }
            """,
            HoconAddMode.Prepend);
        builder.AddSetup(new NodeTlsSetup(certificate));
        builder.AddHocon("akka.cluster.split-brain-resolver.lease-majority.lease-name = downing-tls", HoconAddMode.Prepend);
        builder.AddSetup(new DotNettySslSetup(
            certificate.Own,
            suppressValidation: false,
            requireMutualAuthentication: true,
            (peer, _, remote, _, _) =>
            {
                var objection = certificate.Objection(peer);
                if (objection is not null)
                {
                    refusals.Connection(remote, "certificate", objection);
                }

                return objection is null;
            }));
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
