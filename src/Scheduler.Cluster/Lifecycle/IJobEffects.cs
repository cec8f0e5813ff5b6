using Scheduler.Buildkite;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;

namespace Scheduler.Cluster.Lifecycle;

/// <summary>
/// What a job's actor does to the outside world once its Kubernetes Job may exist. One per node. The Kubernetes calls fault with
/// an <see cref="HttpRequestException"/> when the API server could not be asked or refused.
/// </summary>
public interface IJobEffects
{
    /// <summary>
    /// Ends the Buildkite job as failed with this exit status, and an explanation for its author. Retried inside; faults with a
    /// <see cref="StacksApiException"/>.
    /// </summary>
    Task<FinishOutcome> FinishAsync(JobId job, int exitStatus, string detail, CancellationToken cancellationToken);

    /// <summary>Deletes that very pod without grace; false when it is gone, or not any more as it was seen.</summary>
    Task<bool> DeletePodAsync(string name, string uid, Revision? asSeen, CancellationToken cancellationToken);

    /// <summary>Deletes that very Kubernetes Job, its pods in the background; false when it is gone.</summary>
    Task<bool> DeleteJobAsync(string name, string uid, CancellationToken cancellationToken);

    /// <summary>Lets Kubernetes end that very Job once it is this old, counted from its start; false when it is gone.</summary>
    Task<bool> SetDeadlineAsync(string name, string uid, TimeSpan deadline, CancellationToken cancellationToken);

    /// <summary>The events about a Kubernetes Job, oldest first.</summary>
    Task<IReadOnlyList<EventFact>> ListEventsAsync(string jobName, CancellationToken cancellationToken);
}
