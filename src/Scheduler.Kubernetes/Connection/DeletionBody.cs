using k8s;
using k8s.Models;

namespace Scheduler.Kubernetes.Connection;

/// <summary>What a request to delete one object at once says.</summary>
internal static class DeletionBody
{
    /// <param name="uid">The very object that is meant; null = whichever has the name.</param>
    public static ByteArrayContent For(string? uid) => ApiClient.JsonBody(KubernetesJson.Serialize(new V1DeleteOptions
    {
        GracePeriodSeconds = 0,
        PropagationPolicy = "Background",
        Preconditions = uid is null ? null : new V1Preconditions { Uid = uid },
    }));
}
