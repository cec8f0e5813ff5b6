using Akka.Actor.Setup;
using k8s;

namespace Scheduler.Cluster.Coordination;

/// <summary>
/// What <see cref="KubernetesLease"/> needs and cannot get from HOCON: the actor system is made with it. Durations come from
/// <c>akka.coordination.lease.kubernetes</c>.
/// </summary>
public sealed class KubernetesLeaseSetup(IKubernetes client, string ns, string prefix, TimeProvider time) : Setup
{
    /// <summary>A client made by <see cref="Scheduler.Kubernetes.Connection.KubernetesConnection"/>; stays the caller's.</summary>
    public IKubernetes Client { get; } = client;

    /// <summary>Where the Lease objects are.</summary>
    public string Namespace { get; } = ns;

    /// <summary>Begins the name of every Lease object, so that two controllers in one namespace do not share any.</summary>
    public string Prefix { get; } = prefix;

    public TimeProvider Time { get; } = time;
}
