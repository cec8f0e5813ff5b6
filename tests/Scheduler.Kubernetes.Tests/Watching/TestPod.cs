using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Naming;

namespace Scheduler.Kubernetes.Tests.Watching;

/// <summary>A pod with one init container, and what a kubelet could say of it.</summary>
internal static class TestPod
{
    public const string Name = "the-pod";

    public const string StatusPatch =
        """
        {"status":{
          "phase":"Pending","startTime":"2026-01-01T00:00:00Z",
          "conditions":[{"type":"PodScheduled","status":"True"}],
          "initContainerStatuses":[{"name":"setup","image":"setup-image","imageID":"","ready":false,"restartCount":0,
            "state":{"terminated":{"exitCode":3,"signal":9,"reason":"Error","message":"broken",
                                   "startedAt":"2026-01-01T00:00:01Z","finishedAt":"2026-01-01T00:00:02Z"}}}],
          "containerStatuses":[{"name":"main","image":"","imageID":"","ready":false,"restartCount":0,
            "state":{"waiting":{"reason":"ImagePullBackOff","message":"no such image"}}}]}}
        """;

    public static V1Pod Of(JobId job) => new()
    {
        ApiVersion = "v1",
        Kind = "Pod",
        Metadata = new V1ObjectMeta
        {
            Name = Name,
            Labels = new Dictionary<string, string> { [JobLabels.JobUuid] = job.ToString() },
        },
        Spec = new V1PodSpec
        {
            RestartPolicy = "Never",
            AutomountServiceAccountToken = false,
            InitContainers = [new V1Container { Name = "setup", Image = "setup-image" }],
            Containers = [new V1Container { Name = "main", Image = "main-image" }],
        },
    };
}
