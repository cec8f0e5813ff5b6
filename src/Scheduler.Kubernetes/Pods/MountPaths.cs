using k8s.Models;

namespace Scheduler.Kubernetes.Pods;

/// <summary>Kubernetes refuses two mounts at one path; the first wins, so that a container's own mount displaces ours.</summary>
internal static class MountPaths
{
    public static void KeepFirst(PodDraft pod) => pod.RewriteAllContainers(KeepFirst);

    private static V1Container KeepFirst(V1Container container)
    {
        if (container.VolumeMounts is not { Count: > 1 } mounts)
        {
            return container;
        }

        var distinct = mounts.DistinctBy(mount => mount.MountPath ?? "").ToList();
        return distinct.Count == mounts.Count ? container : container with { VolumeMounts = distinct };
    }
}
