using System.Globalization;
using System.Net;
using System.Net.Sockets;
using k8s;
using Scheduler.Cluster.Coordination;
using Scheduler.Cluster.Formation;
using Scheduler.Cluster.Hosting;
using Scheduler.Cluster.Trust;
using Scheduler.Kubernetes.Leases;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Running;

/// <summary>From the configuration to where a node is reached and how it finds the others.</summary>
internal static class ClusterWiring
{
    private const string ObjectPrefix = "agent-stack-k8s";
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(10);

    /// <summary>Those of IPv6 and, since the socket takes both, of IPv4.</summary>
    private static readonly string AllAddresses = (Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any).ToString();

    /// <summary>Where the node that is configured so is reached.</summary>
    public static NodeAddress Address(ControllerOptions options)
    {
        var hasPeers = options.HasPeers();
        return new NodeAddress
        {
            PublicHost = Or(options.ClusterHost, "127.0.0.1"),
            BindHost = Or(options.ClusterBindHost, hasPeers ? AllAddresses : "127.0.0.1"),
            Port = options.ClusterPort == 0 && hasPeers ? NodeAddress.DefaultPort : options.ClusterPort,
        };
    }

    /// <summary>The same with what the names of the nodes lead to at this moment.</summary>
    public static async Task<NodeAddress> ResolveAsync(ControllerOptions options, NodeAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        var hosts = SeedPeers.Parse(options.ClusterSeeds).Select(peer => peer.Host).Append(address.PublicHost);
        return address with { NamesAreIPv6 = await NameFamily.OfThisMachine(time).IsIPv6Async(hosts, cancellationToken) };
    }

    /// <param name="options">The configuration.</param>
    /// <param name="address">Where the node is reached, and with which certificate.</param>
    /// <param name="client">A client made by <see cref="Scheduler.Kubernetes.Connection.KubernetesConnection"/>.</param>
    /// <param name="turn">Outlives the node; null = the node keeps its certificate.</param>
    /// <param name="time">The clock of everything here.</param>
    public static ClusterParts Parts(ControllerOptions options, NodeAddress address, IKubernetes client, RenewalTurn? turn, TimeProvider time)
    {
        var limiter = LimiterLease(options, address);
        var pods = options.ClusterPodSelector.Length == 0
            ? null
            : new OwnPods(
                new ListedPods(client, limiter.Namespace, options.ClusterPodSelector, options.LeaseOperationTimeout), address.PublicHost);
        return new ClusterParts
        {
            Leases = new KubernetesLeaseSetup(client, limiter.Namespace, Prefix(options), time),
            Timing = limiter,
            LimiterSighting = new LeaseSighting(limiter, client, time),
            Pods = pods,
            Founding = Peers(options, address, pods) is { } peers
                ? new FounderParts(
                    peers,
                    new KubernetesLeaseHolder(limiter with { Name = $"{Prefix(options)}-founder{(address.Certificate is null ? "" : "-tls")}" }, client, time),
                    Formation(options, address))
                : null,
            Renewal = turn is not null && NodeTrust.Source(options, address, client, time) is { } source
                ? new RenewalParts(source, turn.Holder(limiter with { Name = $"{Prefix(options)}-tls-renewal" }, client, time), RenewalInterval)
                : null,
        };
    }

    /// <summary>Begins the names of the controller's own objects; made of its id.</summary>
    public static string Prefix(ControllerOptions options) =>
        options.Id.Length == 0 ? ObjectPrefix : $"{ObjectPrefix}-{LeaseNames.Safe(options.Id)}";

    /// <summary>The lease that makes the limiter the only one; named after the controller's id.</summary>
    public static LeaseOptions LimiterLease(ControllerOptions options, NodeAddress address) =>
        LimiterLease(options, string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{address.Port}"));

    /// <summary>The same for somebody else than a node, who only looks.</summary>
    public static LeaseOptions LimiterLease(ControllerOptions options, string holderName) =>
        LeaseOptions.For(options, $"{Prefix(options)}-limiter", holderName);

    private static FormationSettings Formation(ControllerOptions options, NodeAddress address)
    {
        var settings = new FormationSettings { Interval = options.LeaseRenewInterval };
        return address.SharesItsProcess ? settings with { FrozenPatience = null } : settings;
    }

    private static IPeerDirectory? Peers(ControllerOptions options, NodeAddress address, IPodSource? pods) => options switch
    {
        { ClusterSeeds.Length: > 0 } => new SeedPeers(SeedPeers.Parse(options.ClusterSeeds)),
        _ when pods is not null => new PodPeers(pods, address.Port),
        _ => null,
    };

    private static string Or(string value, string otherwise) => value.Length > 0 ? value : otherwise;
}
