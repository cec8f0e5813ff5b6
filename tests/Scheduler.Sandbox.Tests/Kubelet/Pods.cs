using k8s.Models;
using Scheduler.Core.Identity;

namespace Scheduler.Sandbox.Tests.Kubelet;

/// <summary>Pods as the scheduler's Jobs make them, reduced to what a node looks at.</summary>
internal static class Pods
{
    public static V1Pod Plain(string name, params (string Key, string Value)[] annotations) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            Annotations = annotations.ToDictionary(entry => $"sandbox.scheduler/{entry.Key}", entry => entry.Value),
        },
        Spec = new V1PodSpec
        {
            RestartPolicy = "Never",
            TerminationGracePeriodSeconds = 60,
            InitContainers = [Container("copy-agent"), Container("imagecheck-0")],
            Containers = [Container("container-0"), Container("agent"), Container("checkout")],
        },
    };

    public static V1Pod Agent(JobId job, Uri endpoint, params (string Key, string Value)[] annotations)
    {
        var pod = Plain($"buildkite-{job}", annotations);
        pod.Spec.Containers[1].Env =
        [
            new V1EnvVar { Name = "BUILDKITE_AGENT_ACQUIRE_JOB", Value = job.ToString() },
            new V1EnvVar { Name = "BUILDKITE_AGENT_ENDPOINT", Value = endpoint.ToString() },
            new V1EnvVar
            {
                Name = "BUILDKITE_AGENT_TOKEN",
                ValueFrom = new V1EnvVarSource { SecretKeyRef = new V1SecretKeySelector { Name = "token", Key = "BUILDKITE_AGENT_TOKEN" } },
            },
        ];
        return pod;
    }

    public static V1ContainerState State(this V1Pod pod, string container) =>
        (pod.Status.InitContainerStatuses ?? []).Concat(pod.Status.ContainerStatuses ?? []).Single(status => status.Name == container).State;

    public static bool HasEnded(this V1Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    public static string? Waiting(this V1Pod pod, string container) =>
        pod.Status.ContainerStatuses is null ? null : pod.State(container).Waiting?.Reason;

    public static string Condition(this V1Pod pod, string type) => pod.Status.Conditions.Single(condition => condition.Type == type).Status;

    private static V1Container Container(string name) => new() { Name = name, Image = "alpine:3.20", TerminationMessagePolicy = "File" };
}
