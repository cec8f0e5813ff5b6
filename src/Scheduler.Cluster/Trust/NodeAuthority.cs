using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Scheduler.Cluster.Trust;

/// <summary>
/// An authority that signs certificates of these nodes and nothing else. Who has its key can become a node, so it is kept where only
/// the nodes read; a node's own key never leaves its process.
/// </summary>
internal sealed class NodeAuthority
{
    private const string Name = "CN=scheduler nodes";
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private const int SerialLength = 16;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3650);
    private static readonly TimeSpan NodeLifetime = TimeSpan.FromDays(365);

    /// <summary>Clocks of machines differ, and so may the one that checks.</summary>
    private static readonly TimeSpan Backdating = TimeSpan.FromHours(1);

    private NodeAuthority(X509Certificate2 certificate, string certificatePem, string keyPem) =>
        (Certificate, CertificatePem, KeyPem) = (certificate, certificatePem, keyPem);

    public X509Certificate2 Certificate { get; }

    public string CertificatePem { get; }

    /// <summary>Secret.</summary>
    public string KeyPem { get; }

    /// <summary>A new one, good for ten years.</summary>
    public static NodeAuthority Create(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now - Backdating, now + Lifetime);
        return Read(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <exception cref="CryptographicException">Something is no PEM, or the key is another certificate's.</exception>
    public static NodeAuthority Read(string certificatePem, string keyPem)
    {
        try
        {
            return new NodeAuthority(X509Certificate2.CreateFromPem(certificatePem, keyPem), certificatePem, keyPem);
        }
        catch (ArgumentException error)
        {
            throw new CryptographicException("the private key is not that of the certificate", error);
        }
    }

    /// <summary>A certificate for a node, good for a year unless the authority ends sooner, with a key of its own.</summary>
    /// <param name="host">Name or address by which the node is reached.</param>
    /// <param name="version">See <see cref="NodeCertificate.Version"/>.</param>
    /// <param name="names">The names of nodes; those that the host does not fit are added.</param>
    /// <param name="time">Says from when on it is valid.</param>
    /// <exception cref="CryptographicException">The authority has ended, or cannot sign.</exception>
    public NodeCertificate Sign(string host, string version, PeerNames names, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(names);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=scheduler node", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerUse), new Oid(ClientUse)], critical: false));
        request.CertificateExtensions.Add(Alternatives(names.Fits(host) ? [host] : [host, .. names.Patterns]));
        var (now, notBefore, notAfter) = (time.GetUtcNow(), Utc(Certificate.NotBefore), Utc(Certificate.NotAfter));
        if (notAfter <= now)
        {
            throw new CryptographicException(FormattableString.Invariant($"the authority was valid until {notAfter:u}"));
        }

        using var signed = request.Create(
            Certificate,
            now - Backdating > notBefore ? now - Backdating : notBefore,
            now + NodeLifetime < notAfter ? now + NodeLifetime : notAfter,
            RandomNumberGenerator.GetBytes(SerialLength));
        using var certificate = signed.CopyWithPrivateKey(key);
        return NodeCertificate.Minted(certificate, this, version, names, time);
    }

    private static X509Extension Alternatives(IEnumerable<string> names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        return alternatives.Build();
    }

    private static DateTimeOffset Utc(DateTime time) => new(time.ToUniversalTime());
}
