using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Limiter;

/// <summary>Reads of Kubernetes that the limiter may build on: fresh, never from a watch or a cache.</summary>
public interface IKubernetesFacts
{
    /// <summary>All unfinished Jobs of this controller as of now.</summary>
    Task<Snapshot> ListUnfinishedAsync(CancellationToken cancellationToken);

    /// <summary>The state of a job's Kubernetes Job as of now.</summary>
    Task<Confirmed> ConfirmAsync(JobId job, CancellationToken cancellationToken);
}
