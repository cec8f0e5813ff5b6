using System.Collections.Immutable;
using System.Net;

namespace Scheduler.Cluster.Formation;

/// <summary>A pod of the scheduler itself, as Kubernetes shows it.</summary>
/// <param name="Name">Stable within a StatefulSet.</param>
/// <param name="Uid">Differs from a former pod of the same name.</param>
/// <param name="Ip">Null before the pod has one.</param>
/// <param name="Containers">
/// The ids of its containers: one changes when its container was started again. There may be others beside the scheduler's, so
/// only a pod with none of its former ids has certainly lost that.
/// </param>
/// <param name="HasEnded">The kubelet reports that none of its processes runs.</param>
/// <param name="IsLeaving">It has been told to end.</param>
public sealed record SchedulerPod(string Name, string Uid, string? Ip, ImmutableArray<string> Containers, bool HasEnded, bool IsLeaving)
{
    /// <summary>What made it and would make another; null when nothing does.</summary>
    public PodController? Controller { get; init; }

    /// <summary>It has our labels and is not believed to be one of ours: see <see cref="OwnPods"/>.</summary>
    public bool IsStranger { get; init; }

    /// <summary>
    /// Whether a node reached at this host runs in this pod: by address, or by a DNS name whose first label is the pod's name. The
    /// first number of an address is no name.
    /// </summary>
    public bool IsAt(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return IPAddress.TryParse(host, out _)
            ? Ip is not null && Peer.Normalize(host) == Peer.Normalize(Ip)
            : host == Name || host.StartsWith(Name + ".", StringComparison.Ordinal);
    }
}
