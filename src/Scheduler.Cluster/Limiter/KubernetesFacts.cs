using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;
using Scheduler.Kubernetes.Jobs;

namespace Scheduler.Cluster.Limiter;

/// <summary>The limiter's reads over <see cref="IKubernetesJobs"/>.</summary>
/// <param name="jobs">The API server.</param>
/// <param name="nameOf">The name a job's Kubernetes Job has.</param>
public sealed class KubernetesFacts(IKubernetesJobs jobs, Func<JobId, string> nameOf) : IKubernetesFacts
{
    public async Task<Snapshot> ListUnfinishedAsync(CancellationToken cancellationToken)
    {
        var (all, revision) = await jobs.ListAsync(cancellationToken);
        return new Snapshot(
            [.. all.Where(job => job.State == KubernetesJobState.Unfinished).Select(job => new UnfinishedJob(job.Job, job.Revision, job.Grant))],
            revision);
    }

    public async Task<Confirmed> ConfirmAsync(JobId job, CancellationToken cancellationToken)
    {
        var found = await jobs.ReadAsync(nameOf(job), cancellationToken);
        return found is null
            ? new Confirmed(job, KubernetesJobState.Absent, Revision.None, null)
            : new Confirmed(job, found.State, found.Revision, found.Grant);
    }
}
