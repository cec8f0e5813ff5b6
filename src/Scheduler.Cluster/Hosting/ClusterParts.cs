using Scheduler.Cluster.Coordination;
using Scheduler.Cluster.Formation;
using Scheduler.Cluster.Trust;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Cluster.Hosting;

/// <summary>What a node needs to be one of several.</summary>
public sealed record ClusterParts
{
    /// <summary>For the leases that Akka asks for: the split-brain resolver's.</summary>
    public required KubernetesLeaseSetup Leases { get; init; }

    /// <summary>Durations of every lease here; its name and holder are not used.</summary>
    public required LeaseOptions Timing { get; init; }

    /// <summary>The limiter's lease as this node sees it, whoever holds it.</summary>
    public LeaseSighting? LimiterSighting { get; init; }

    /// <summary>Null = this node forms a cluster of its own, at once and without a lease.</summary>
    public FounderParts? Founding { get; init; }

    /// <summary>The scheduler's own pods; null = they are not known.</summary>
    public IPodSource? Pods { get; init; }

    /// <summary>How the node's certificate is renewed; null = it lives with the one it has.</summary>
    public RenewalParts? Renewal { get; init; }
}

/// <summary>How a node joins others.</summary>
/// <param name="Peers">Who may be in the cluster.</param>
/// <param name="Lease">The founder's lease; for this node's formation alone.</param>
/// <param name="Settings">How often.</param>
public sealed record FounderParts(IPeerDirectory Peers, KubernetesLeaseHolder Lease, FormationSettings Settings);
