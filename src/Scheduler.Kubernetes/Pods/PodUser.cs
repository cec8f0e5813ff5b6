using System.Globalization;
using k8s.Models;

namespace Scheduler.Kubernetes.Pods;

/// <summary>Whom the pod runs as, by the base pod spec alone; 0 where it says nothing. Patches come too late to change it.</summary>
internal readonly record struct PodUser(long User, long Group)
{
    /// <summary>The group alone does not count.</summary>
    public bool IsRoot => User == 0;

    /// <summary>What <c>chown</c> is given.</summary>
    public string Owner => Group == 0
        ? User.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{User}:{Group}");

    /// <summary>For containers that must be root to prepare what the user needs; null when the pod is root already.</summary>
    public V1SecurityContext? RootContext => IsRoot
        ? null
        : new V1SecurityContext { RunAsUser = 0, RunAsGroup = 0, RunAsNonRoot = false };

    public static PodUser Of(V1PodSpec pod) =>
        new(pod.SecurityContext?.RunAsUser ?? 0, pod.SecurityContext?.RunAsGroup ?? 0);
}
