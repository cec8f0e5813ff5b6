using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Scheduler.Cluster.Trust;

/// <summary>
/// With what a node proves who it is, and whom it believes. Its own certificate stays the same for as long as the node lives; a node
/// gets another one by starting anew. Whom it believes is asked anew at every handshake.
/// </summary>
public sealed class NodeCertificate
{
    private readonly Func<X509Certificate2Collection> _authority;
    private readonly X509Certificate2Collection _intermediates;
    private readonly PeerNames _names;
    private readonly TimeProvider _time;

    private NodeCertificate(
        X509Certificate2 own, X509Certificate2Collection intermediates, Func<X509Certificate2Collection> authority, PeerNames names, string version, TimeProvider time) =>
        (Own, _intermediates, _authority, _names, Version, _time) = (own, intermediates, authority, names, version, time);

    /// <summary>This node's certificate with its private key.</summary>
    public X509Certificate2 Own { get; }

    /// <summary>Differs when what the certificate was made of has been replaced.</summary>
    public string Version { get; }

    /// <summary>From then on the node should get another one; null = when its source holds another one.</summary>
    public DateTimeOffset? RenewFrom { get; init; }

    /// <summary>What ends when nobody does anything: the certificate, or the authority of those that the nodes sign themselves.</summary>
    public required X509Certificate2 Limiting { get; init; }

    /// <summary>From then on the nodes do not believe each other any more.</summary>
    public DateTimeOffset GoodUntil => Limiting.NotAfter.ToUniversalTime();

    /// <summary>Less than a tenth of its time is left.</summary>
    public bool EndsSoon => GoodUntil - _time.GetUtcNow() < (Limiting.NotAfter - Limiting.NotBefore) / 10;

    /// <summary>A certificate as others made it.</summary>
    /// <param name="certificate">PEM: the node's certificate, then those between it and the authority.</param>
    /// <param name="key">PEM: its private key.</param>
    /// <param name="authority">PEM of whom to believe; asked at every handshake. May throw, and then nobody is believed.</param>
    /// <param name="version">See <see cref="Version"/>.</param>
    /// <param name="names">The names of nodes.</param>
    /// <param name="time">Says what is valid now.</param>
    /// <exception cref="CryptographicException">Something is no PEM, or the key is another certificate's.</exception>
    public static NodeCertificate FromPem(
        string certificate, string key, Func<string> authority, string version, PeerNames names, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(authority);
        try
        {
            using var pem = X509Certificate2.CreateFromPem(certificate, key);
            var all = new X509Certificate2Collection();
            all.ImportFromPem(certificate);
            var own = Usable(pem);
            return new NodeCertificate(own, [.. all.Skip(1)], () => Read(authority()), names, version, time)
            {
                Limiting = own,
            };
        }
        catch (ArgumentException error)
        {
            throw new CryptographicException("the private key is not that of the certificate", error);
        }
    }

    /// <summary>A certificate that the authority has just signed for this node.</summary>
    internal static NodeCertificate Minted(
        X509Certificate2 certificate, NodeAuthority authority, string version, PeerNames names, TimeProvider time) =>
        new(Usable(certificate), [], () => [authority.Certificate], names, version, time)
        {
            // Where the authority ends first, another certificate would end at the same time.
            RenewFrom = certificate.NotAfter < authority.Certificate.NotAfter
                ? certificate.NotBefore + ((certificate.NotAfter - certificate.NotBefore) * 2 / 3)
                : null,
            Limiting = authority.Certificate,
        };

    /// <summary>Why this node does not believe another; null when it does. Never throws.</summary>
    public string? Objection(X509Certificate2? peer)
    {
        try
        {
            return PeerRule.Objection(peer, _authority(), _intermediates, _names, _time.GetUtcNow());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"our authority cannot be read: {error.Message}";
        }
    }

    /// <summary>Tells what was read from what was read another time.</summary>
    public static string VersionOf(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));

    private static X509Certificate2Collection Read(string pem)
    {
        var authority = new X509Certificate2Collection();
        authority.ImportFromPem(pem);
        return authority.Count > 0 ? authority : throw new CryptographicException("it holds no certificate");
    }

    /// <summary>SslStream does not take keys that exist in memory only on every system; one from a PKCS#12 it takes.</summary>
    private static X509Certificate2 Usable(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
}
