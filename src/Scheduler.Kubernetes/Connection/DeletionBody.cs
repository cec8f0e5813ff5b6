using k8s;
using k8s.Models;
using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Connection;

/// <summary>What a request to delete one object at once says.</summary>
internal static class DeletionBody
{
    /// <param name="uid">The very object that is meant: nothing is deleted by its name alone.</param>
    /// <param name="revision">Its resourceVersion must still be this; null = any.</param>
    public static ByteArrayContent For(string uid, Revision? revision = null) => ApiClient.JsonBody(KubernetesJson.Serialize(new V1DeleteOptions
    {
        GracePeriodSeconds = 0,
        PropagationPolicy = "Background",
        Preconditions = new V1Preconditions { Uid = uid, ResourceVersion = revision?.ToString() },
    }));
}
