using Scheduler.Core.Lifecycle;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Launching;

/// <summary>Makes a job with a token into a Kubernetes Job. One per node; bounds how many are created at once.</summary>
public interface IJobLauncher
{
    /// <summary>
    /// Reads the job, builds its Kubernetes Job, claims the grant and creates it, all before the grant ends. Faults only when
    /// cancelled; everything else is an outcome.
    /// </summary>
    Task<LaunchOutcome> LaunchAsync(Run run, CancellationToken cancellationToken);
}
