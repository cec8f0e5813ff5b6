using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Scheduler.Cluster.Hosting;

/// <summary>
/// With what this node proves who it is, and whom it believes: every node shows a certificate of one authority, both ways.
/// Read once, at the start of the node.
/// </summary>
public sealed class NodeCertificate
{
    private readonly X509Certificate2Collection _authority;

    private NodeCertificate(X509Certificate2 own, X509Certificate2Collection authority) => (Own, _authority) = (own, authority);

    /// <summary>This node's certificate with its private key.</summary>
    public X509Certificate2 Own { get; }

    /// <summary>Reads PEM files such as cert-manager writes them.</summary>
    /// <exception cref="InvalidOperationException">A file is missing or not usable; the message names all three.</exception>
    public static NodeCertificate Load(string certificateFile, string keyFile, string authorityFile)
    {
        try
        {
            using var pem = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            var authority = new X509Certificate2Collection();
            authority.ImportFromPemFile(authorityFile);
            return authority.Count == 0
                ? throw new CryptographicException($"{authorityFile} holds no certificate")

                // SslStream does not take keys that exist in memory only on every system; one from a PKCS#12 it takes.
                : new NodeCertificate(X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null), authority);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidOperationException(
                $"TLS between nodes: certificate {certificateFile}, key {keyFile} and authority {authorityFile} are not usable: {error.Message}", error);
        }
    }

    /// <summary>Whether a certificate was signed by our authority and is valid now. Host names do not matter: pods change them.</summary>
    public bool Trusts(X509Certificate2? peer)
    {
        if (peer is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(peer);
    }
}
