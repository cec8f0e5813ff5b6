using System.Text.Json;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>A pod of a Job, remembered as long as the Job exists.</summary>
internal sealed record TrackedPod(string Name, string Uid, PodFate Fate, bool IsReady)
{
    public static TrackedPod Of(KubeObject pod, bool isRemoval) => new(
        pod.Meta.Name,
        pod.Meta.Uid,
        pod.TextAt(KubeObject.Status, "phase") switch
        {
            "Succeeded" => PodFate.Succeeded,
            "Failed" => PodFate.Failed,
            _ => isRemoval || pod.Meta.Deleted is not null ? PodFate.Failed : PodFate.Active,
        },
        HasReadyCondition(pod));

    private static bool HasReadyCondition(KubeObject pod) =>
        pod.At(KubeObject.Status, "conditions") is { ValueKind: JsonValueKind.Array } conditions
        && conditions.EnumerateArray().Any(condition =>
            JobConditions.Text(condition, "type") == "Ready" && JobConditions.Text(condition, "status") == "True");
}
