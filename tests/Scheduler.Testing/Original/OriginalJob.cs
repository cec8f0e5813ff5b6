using k8s.Models;
using Scheduler.Core.Identity;

namespace Scheduler.Testing.Original;

/// <summary>
/// A Kubernetes Job as the original makes it of a step without a kubernetes plugin (pod-building.md §5 to §7): built by hand, so that
/// it stays what it is when our builder changes. It has no annotation of ours.
/// </summary>
internal static class OriginalJob
{
    private const string Image = "ghcr.io/buildkite/agent:3.136.2";

    public static V1Job Of(JobId job, string controllerId, Uri endpoint, IReadOnlyDictionary<string, string> annotations)
    {
        var metadata = new V1ObjectMeta { Labels = Labels(job, controllerId), Annotations = Annotations(job, annotations) };
        return new V1Job
        {
            ApiVersion = "batch/v1",
            Kind = "Job",
            Metadata = new V1ObjectMeta { Name = $"buildkite-{job}", Labels = metadata.Labels, Annotations = metadata.Annotations },
            Spec = new V1JobSpec
            {
                ActiveDeadlineSeconds = 21_600,
                BackoffLimit = 0,
                TtlSecondsAfterFinished = 600,
                Template = new V1PodTemplateSpec { Metadata = metadata, Spec = Pod(job, endpoint) },
            },
        };
    }

    private static Dictionary<string, string> Labels(JobId job, string controllerId)
    {
        var labels = new Dictionary<string, string>
        {
            ["buildkite.com/job-uuid"] = job.ToString(),
            ["tag.buildkite.com/queue"] = "default",
        };
        if (controllerId.Length > 0)
        {
            labels["buildkite.com/controller-id"] = controllerId;
        }

        return labels;
    }

    private static Dictionary<string, string> Annotations(JobId job, IReadOnlyDictionary<string, string> more) => new(more)
    {
        ["cluster-autoscaler.kubernetes.io/safe-to-evict"] = "false",
        ["buildkite.com/build-url"] = "https://buildkite.com/acme/sandbox/builds/1",
        ["buildkite.com/build-branch"] = "main",
        ["buildkite.com/build-repo"] = "https://example.org/acme/sandbox.git",
        ["buildkite.com/pipeline-slug"] = "sandbox",
        ["buildkite.com/step-key"] = "",
        ["buildkite.com/job-url"] = $"https://buildkite.com/acme/sandbox/builds/1#{job}",
        ["buildkite.com/job-priority"] = "0",
    };

    private static V1PodSpec Pod(JobId job, Uri endpoint) => new()
    {
        RestartPolicy = "Never",
        TerminationGracePeriodSeconds = 60,
        Volumes = [new V1Volume { Name = "workspace", EmptyDir = new V1EmptyDirVolumeSource() }],
        InitContainers = [Container("copy-agent", ["/bin/sh"], ["-cefx", "cp /usr/local/bin/buildkite-agent /workspace"])],
        Containers =
        [
            Container(
                "container-0",
                ["/workspace/tini-static"],
                ["--", "/workspace/buildkite-agent", "kubernetes-bootstrap"],
                ("BUILDKITE_BOOTSTRAP_PHASES", "plugin,command"),
                ("BUILDKITE_COMMAND", "true"),
                ("BUILDKITE_CONTAINER_ID", "1"),
                ("BUILDKITE_SOCKETS_PATH", "/workspace/sockets/container-0")),
            Container(
                "agent",
                null,
                ["start"],
                ("BUILDKITE_KUBERNETES_EXEC", "true"),
                ("BUILDKITE_CONTAINER_COUNT", "2"),
                ("BUILDKITE_AGENT_TAGS", "k8s:agent-stack-version=0.47.0,queue=default"),
                ("BUILDKITE_SOCKETS_PATH", "/workspace/sockets/agent"),
                ("BUILDKITE_AGENT_ENDPOINT", endpoint.ToString()),
                ("BUILDKITE_AGENT_ACQUIRE_JOB", job.ToString())),
            Container(
                "checkout",
                ["/bin/sh", "-c"],
                ["exec buildkite-agent-entrypoint kubernetes-bootstrap"],
                ("BUILDKITE_BOOTSTRAP_PHASES", "plugin,checkout"),
                ("BUILDKITE_CONTAINER_ID", "0"),
                ("BUILDKITE_SOCKETS_PATH", "/workspace/sockets/checkout")),
        ],
    };

    private static V1Container Container(string name, string[]? command, string[] args, params (string Name, string Value)[] env) => new()
    {
        Name = name,
        Image = Image,
        ImagePullPolicy = "IfNotPresent",
        Command = command,
        Args = args,
        Env = [.. env.Select(one => new V1EnvVar { Name = one.Name, Value = one.Value })],
        VolumeMounts = [new V1VolumeMount { Name = "workspace", MountPath = "/workspace" }],
        WorkingDir = "/workspace",
    };
}
