using k8s.Models;
using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Jobs;

/// <summary>This controller's Jobs on the API server. Reads are fresh: they show every write that was answered before.</summary>
public interface IKubernetesJobs
{
    /// <summary>Creates a Job, or says why not. Faults only when <paramref name="cancellationToken"/> is cancelled.</summary>
    /// <param name="job">The Job.</param>
    /// <param name="timeout">After this the server commits nothing any more; the client stops waiting a moment later.</param>
    /// <param name="cancellationToken">Ends the wait, not the request.</param>
    Task<CreateOutcome> CreateAsync(V1Job job, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>The Job of that name; null when there is none.</summary>
    Task<JobFact?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>All of this controller's Jobs and the revision at which they were read.</summary>
    Task<(IReadOnlyList<JobFact> Jobs, Revision Revision)> ListAsync(CancellationToken cancellationToken);
}
