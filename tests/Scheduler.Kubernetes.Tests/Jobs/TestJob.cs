using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Naming;

namespace Scheduler.Kubernetes.Tests.Jobs;

/// <summary>The smallest Job that an API server takes.</summary>
internal static class TestJob
{
    public static JobId NewId() => new(Guid.NewGuid());

    public static string NameOf(JobId job) => JobNames.For("test-", job);

    public static V1Job Of(JobId job, string? controllerId = null)
    {
        var made = Named(NameOf(job), job.ToString());
        if (controllerId is not null)
        {
            made.Metadata.Labels[JobLabels.ControllerId] = controllerId;
        }

        return made;
    }

    public static V1Job Named(string name, string uuidLabel) => new()
    {
        ApiVersion = "batch/v1",
        Kind = "Job",
        Metadata = new V1ObjectMeta
        {
            Name = name,
            Labels = new Dictionary<string, string> { [JobLabels.JobUuid] = uuidLabel },
            Annotations = new Dictionary<string, string> { [JobLabels.Grant] = "3/14" },
        },
        Spec = new V1JobSpec
        {
            BackoffLimit = 0,
            ActiveDeadlineSeconds = 3600,
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { [JobLabels.JobUuid] = uuidLabel } },
                Spec = new V1PodSpec { RestartPolicy = "Never", Containers = [new V1Container { Name = "main", Image = "image" }] },
            },
        },
    };
}
