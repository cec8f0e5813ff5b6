using System.Security.Cryptography;

namespace Scheduler.Cluster.Trust;

/// <summary>PEM files such as cert-manager writes them and a Secret's volume brings them. They may be replaced at any time.</summary>
/// <param name="certificateFile">The node's certificate, then those between it and the authority.</param>
/// <param name="keyFile">Its private key.</param>
/// <param name="authorityFile">Whom to believe; read anew at every handshake.</param>
/// <param name="names">The names of nodes.</param>
/// <param name="time">Says what is valid now.</param>
public sealed class FileCertificates(string certificateFile, string keyFile, string authorityFile, PeerNames names, TimeProvider time) : ICertificateSource
{
    public string Place => $"certificate {certificateFile}, key {keyFile} and authority {authorityFile}";

    public async Task<NodeCertificate> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (pem, key) = (await File.ReadAllTextAsync(certificateFile, cancellationToken), await File.ReadAllTextAsync(keyFile, cancellationToken));
            var certificate = NodeCertificate.FromPem(
                pem, key, () => File.ReadAllText(authorityFile), NodeCertificate.VersionOf(pem, key), names, time);
            return certificate.Objection(certificate.Own) is { } objection
                ? throw new InvalidOperationException($"TLS between nodes: {Place}: the other nodes would refuse it: {objection}")
                : certificate;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidOperationException($"TLS between nodes: {Place} are not usable: {error.Message}", error);
        }
    }

    public async Task<NodeCertificate?> FindAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken);

    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return NodeCertificate.VersionOf(
                await File.ReadAllTextAsync(certificateFile, cancellationToken), await File.ReadAllTextAsync(keyFile, cancellationToken));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"TLS between nodes: {Place} are not usable: {error.Message}", error);
        }
    }
}
