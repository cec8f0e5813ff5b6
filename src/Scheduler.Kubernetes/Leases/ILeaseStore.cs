namespace Scheduler.Kubernetes.Leases;

/// <summary>Where one lease is kept. A write succeeds only on the version it names; whether one of unknown outcome did, a read tells.</summary>
public interface ILeaseStore
{
    /// <summary>What the lease says now, read freshly; null when there is none.</summary>
    /// <exception cref="HttpRequestException">It could not be read.</exception>
    Task<LeaseRecord?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Makes or replaces the lease; null when it is not (any more) as <paramref name="wanted"/> supposes.</summary>
    /// <param name="wanted">What it is to say; the version is the one to replace, empty to make one where there is none.</param>
    /// <param name="cancellationToken">Ends the wait, not the request.</param>
    /// <exception cref="HttpRequestException">Refused, or the outcome is not known.</exception>
    Task<LeaseRecord?> WriteAsync(LeaseRecord wanted, CancellationToken cancellationToken);
}
