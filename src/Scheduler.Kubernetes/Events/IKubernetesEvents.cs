using Scheduler.Core.Facts;

namespace Scheduler.Kubernetes.Events;

/// <summary>What Kubernetes reports about objects.</summary>
public interface IKubernetesEvents
{
    /// <summary>The events about a Job, oldest first; at most 500.</summary>
    /// <exception cref="HttpRequestException">The API server could not be asked, or refused.</exception>
    Task<IReadOnlyList<EventFact>> ListAsync(string jobName, CancellationToken cancellationToken);
}
