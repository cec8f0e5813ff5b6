using k8s.Models;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Jobs;

/// <summary>
/// This controller's Jobs on the API server. Reads are fresh: they show every write that was answered before. All but
/// <see cref="CreateAsync"/> throw an <see cref="HttpRequestException"/> when the API server could not be asked or refused.
/// </summary>
public interface IKubernetesJobs
{
    /// <summary>Creates a Job, or says why not. Faults only when <paramref name="cancellationToken"/> is cancelled.</summary>
    /// <param name="job">The Job.</param>
    /// <param name="timeout">
    /// After this the API server gives the request up; the client stops waiting a moment later. Only a store that is frozen
    /// meanwhile may still carry it out once it goes on.
    /// </param>
    /// <param name="cancellationToken">Ends the wait, not the request.</param>
    Task<CreateOutcome> CreateAsync(V1Job job, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>
    /// The Job of that name; null when there is none, or when it does not count for any job (<see cref="Proof"/>). An absence is told only once a
    /// second look, a quarter of a second later, has shown the same: a store that was frozen may answer a read before it
    /// carries out an older create.
    /// </summary>
    Task<JobFact?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes a Job at once; its pods follow in the background.</summary>
    /// <param name="name">The Job's name.</param>
    /// <param name="uid">The very Job that is meant: another one of the same name stays.</param>
    /// <param name="cancellationToken">Ends the wait, not the request.</param>
    /// <returns>False when there is no such Job (any more).</returns>
    Task<bool> DeleteAsync(string name, string uid, CancellationToken cancellationToken);

    /// <summary>
    /// Lets Kubernetes end a Job once it is this old, counted from its start. A Job whose deadline is no later already is left
    /// as it is.
    /// </summary>
    /// <param name="name">The Job's name.</param>
    /// <param name="uid">The very Job that is meant: another one of the same name stays as it is.</param>
    /// <param name="deadline">At least one second; counted in whole seconds, rounded up.</param>
    /// <param name="cancellationToken">Ends the wait, not the request.</param>
    /// <returns>False when there is no such Job (any more).</returns>
    Task<bool> SetDeadlineAsync(string name, string uid, TimeSpan deadline, CancellationToken cancellationToken);

    /// <summary>All of this controller's Jobs and the revision at which they were read.</summary>
    Task<(IReadOnlyList<JobFact> Jobs, Revision Revision)> ListAsync(CancellationToken cancellationToken);
}
