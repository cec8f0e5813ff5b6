using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Naming;

/// <summary>
/// A Job's name follows from the Buildkite job alone, so that no job can ever have two Jobs; the way back goes by the label.
/// </summary>
public static class JobNames
{
    /// <param name="prefix">The configured <c>job-prefix</c>.</param>
    /// <param name="job">The Buildkite job.</param>
    public static string For(string prefix, JobId job) => prefix + job;

    /// <summary>Reads the job from the labels of a Job or pod; false when it is none of ours.</summary>
    public static bool TryGetJobId(IDictionary<string, string>? labels, out JobId job)
    {
        job = default;
        return labels is not null && labels.TryGetValue(JobLabels.JobUuid, out var uuid) && JobId.TryParse(uuid, out job);
    }
}
