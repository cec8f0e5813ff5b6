namespace Scheduler.Cluster.Formation;

/// <summary>The controller in a pod's owner references.</summary>
/// <param name="ApiVersion">Such as <c>apps/v1</c>.</param>
/// <param name="Kind">Such as <c>StatefulSet</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its UID.</param>
public sealed record PodController(string ApiVersion, string Kind, string Name, string Uid)
{
    /// <summary>Makes pods that go on for ever, as a scheduler does. A step's pod, whatever labels it has, is made by a Job.</summary>
    public bool KeepsPodsRunning => ApiVersion == "apps/v1" && Kind is "StatefulSet" or "ReplicaSet";

    /// <summary>
    /// Whether both make pods of one installation: the same StatefulSet, or ReplicaSets of one Deployment, which has two of them
    /// during an update.
    /// </summary>
    public bool IsOfOneWith(PodController other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Uid == other.Uid || (Kind == "ReplicaSet" && other.Kind == Kind && Deployment(Name) == Deployment(other.Name));
    }

    /// <summary>A Deployment calls its ReplicaSets by its own name and a hash.</summary>
    private static string Deployment(string replicaSet) =>
        replicaSet.LastIndexOf('-') is > 0 and var dash ? replicaSet[..dash] : replicaSet;
}
