using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.PodDeletion;

/// <summary>What this controller does to pods: it only ever ends them.</summary>
public interface IKubernetesPods
{
    /// <summary>Deletes a pod without grace.</summary>
    /// <param name="name">The pod's name.</param>
    /// <param name="uid">The very pod that is meant: another one of the same name stays.</param>
    /// <param name="asSeen">The revision it must still have; null = any.</param>
    /// <param name="cancellationToken">Ends the wait, not the request.</param>
    /// <returns>False when there is no such pod (any more), or it has changed.</returns>
    /// <exception cref="HttpRequestException">The API server could not be asked, or refused.</exception>
    Task<bool> DeleteAsync(string name, string uid, Revision? asSeen, CancellationToken cancellationToken);
}
