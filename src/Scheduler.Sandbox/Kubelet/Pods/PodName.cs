using k8s.Models;

namespace Scheduler.Sandbox.Kubelet.Pods;

/// <summary>What is kept of a pod that has ended.</summary>
internal sealed record PodName(string Namespace, string Name, string Uid)
{
    public static PodName Of(V1Pod pod) => new(pod.Namespace(), pod.Name(), pod.Uid());
}
