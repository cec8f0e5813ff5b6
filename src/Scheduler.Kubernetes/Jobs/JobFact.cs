using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Naming;

namespace Scheduler.Kubernetes.Jobs;

/// <summary>What this program remembers of a Kubernetes Job.</summary>
/// <param name="Job">The Buildkite job in its label.</param>
/// <param name="Name">The Job's name.</param>
/// <param name="Uid">The Job's UID.</param>
/// <param name="State">Never <see cref="KubernetesJobState.Absent"/>.</param>
/// <param name="Revision">Its resourceVersion.</param>
/// <param name="Grant">The grant it was created with; null when another program created it.</param>
public sealed record JobFact(JobId Job, string Name, string Uid, KubernetesJobState State, Revision Revision, GrantId? Grant)
{
    /// <summary>Null when the Job's label holds no job UUID.</summary>
    public static JobFact? From(V1Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var meta = job.Metadata;
        if (meta?.Labels is null || !meta.Labels.TryGetValue(JobLabels.JobUuid, out var uuid) || !JobId.TryParse(uuid, out var id))
        {
            return null;
        }

        var annotation = meta.Annotations is not null && meta.Annotations.TryGetValue(JobLabels.Grant, out var text) ? text : null;
        return new JobFact(
            id,
            meta.Name,
            meta.Uid,
            IsFinished(job) ? KubernetesJobState.Finished : KubernetesJobState.Unfinished,
            Revision.Parse(meta.ResourceVersion),
            GrantAnnotation.Parse(annotation));
    }

    /// <summary>A condition without a status does not count, unlike in the original.</summary>
    private static bool IsFinished(V1Job job) =>
        job.Status?.Conditions?.Any(condition => condition is { Type: "Complete" or "Failed", Status: "True" }) ?? false;
}
