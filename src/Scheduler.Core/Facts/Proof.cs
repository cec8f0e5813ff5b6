using Scheduler.Core.Identity;

namespace Scheduler.Core.Facts;

/// <summary>
/// What has to be true of an object before it is believed. Labels are claims: whoever may create Jobs or pods in the namespace
/// can write any. A claim may make a Job count against the limit; to free a token, to fail a job or to delete something takes the UID
/// of the Job that was seen or created, and of a pod its owner reference to that UID.
/// </summary>
public static class Proof
{
    /// <summary>
    /// Whether a Kubernetes Job counts for the Buildkite job in its label: its name ends in that job's UUID. Whatever stands before
    /// it, since what runs still counts after <c>job-prefix</c> was changed.
    /// </summary>
    public static bool Counts(string name, JobId label)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith(label.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Whether the pod was made for that very Kubernetes Job. Of no Job it is none.</summary>
    public static bool IsOf(PodFact pod, JobFact? job)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return job is { Uid.Length: > 0 } && pod.Owner == job.Uid;
    }

    /// <summary>
    /// Which of several Kubernetes Jobs of one Buildkite job is the one whose fate is the job's: the one with the name that we give
    /// it, which can exist only once; else the oldest. The others count against the limit, and what becomes of them says nothing
    /// of the job.
    /// </summary>
    /// <param name="jobs">All that count for one Buildkite job.</param>
    /// <param name="name">The name that this configuration gives its Kubernetes Job; null = not known.</param>
    /// <returns>Null when there are none.</returns>
    public static JobFact? Choose(IReadOnlyList<JobFact> jobs, string? name)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return jobs.Count switch
        {
            0 => null,
            1 => jobs[0],
            _ => jobs.OrderBy(job => job.Name == name ? 0 : 1)
                .ThenBy(job => job.CreatedAt ?? DateTimeOffset.MaxValue)
                .ThenBy(job => job.Name, StringComparer.Ordinal)
                .First(),
        };
    }
}
