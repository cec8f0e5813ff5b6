namespace Scheduler.Cluster.Trust;

/// <summary>Where a node gets its certificate from, and gets another one when it starts anew.</summary>
public interface ICertificateSource
{
    /// <summary>What it is, for messages.</summary>
    string Place { get; }

    /// <summary>A certificate that the other nodes believe; what is needed for it and is not there is made.</summary>
    /// <exception cref="InvalidOperationException">What is there cannot be used; the message says why and what to do.</exception>
    /// <exception cref="HttpRequestException">Kubernetes cannot be asked.</exception>
    Task<NodeCertificate> LoadAsync(CancellationToken cancellationToken);

    /// <summary>The same without making anything: null when it is not there.</summary>
    /// <exception cref="InvalidOperationException">What is there cannot be used.</exception>
    /// <exception cref="HttpRequestException">Kubernetes cannot be asked.</exception>
    Task<NodeCertificate?> FindAsync(CancellationToken cancellationToken);

    /// <summary><see cref="NodeCertificate.Version"/> of what is there now; empty when nothing is.</summary>
    /// <exception cref="InvalidOperationException">It cannot be read.</exception>
    /// <exception cref="HttpRequestException">Kubernetes cannot be asked.</exception>
    Task<string> VersionAsync(CancellationToken cancellationToken);
}
