using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Scheduler.Cluster.Trust;

namespace Scheduler.Cluster.Tests.Trust;

/// <summary>A certificate authority of its own, for one test, and a folder for what it issues.</summary>
internal sealed class Authority : IDisposable
{
    public const string ServerUse = "1.3.6.1.5.5.7.3.1";
    public const string ClientUse = "1.3.6.1.5.5.7.3.2";
    public const string CodeUse = "1.3.6.1.5.5.7.3.3";
    public const string AnyUse = "2.5.29.37.0";

    /// <summary>What nodes are called in these tests.</summary>
    public static readonly PeerNames Names = new(["*.nodes.test"]);

    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _root;
    private int _issued;

    public Authority(string name)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(30));
        File.WriteAllText(AuthorityFile, Pem);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("authority-").FullName;

    public string Pem => _root.ExportCertificatePem();

    public string AuthorityFile => Path.Combine(Folder, "ca.crt");

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A node's certificate that others believe.</summary>
    public NodeCertificate Issue(string host) => Load(Sign(host));

    /// <summary>What a node would load, whoever believes it.</summary>
    public NodeCertificate Load((string Certificate, string Key) pem) =>
        NodeCertificate.FromPem(pem.Certificate, pem.Key, () => File.ReadAllText(AuthorityFile), pem.Certificate, Names, TimeProvider.System);

    /// <summary>Writes a new certificate to the files that the source reads.</summary>
    public FileCertificates Write(string host, (string Certificate, string Key)? pem = null)
    {
        var (certificate, key) = pem ?? Sign(host);
        var (certificateFile, keyFile) = (Path.Combine(Folder, "tls.crt"), Path.Combine(Folder, "tls.key"));
        File.WriteAllText(keyFile, key);
        File.WriteAllText(certificateFile, certificate);
        return new FileCertificates(certificateFile, keyFile, AuthorityFile, Names, TimeProvider.System);
    }

    /// <summary>PEM of a certificate and its key.</summary>
    /// <param name="host">Its name; null = none.</param>
    /// <param name="uses">Its extended key uses; null = those of a node; empty = the certificate does not say.</param>
    /// <param name="until">How long it is valid from now on.</param>
    /// <param name="from">Since when it is valid.</param>
    public (string Certificate, string Key) Sign(string? host, string[]? uses = null, TimeSpan? until = null, TimeSpan? from = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=a.nodes.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (host is not null)
        {
            // Written by hand, for the framework refuses to write what a stranger may write: a sequence of one dNSName.
            var name = Encoding.ASCII.GetBytes(host);
            request.CertificateExtensions.Add(new X509Extension(
                "2.5.29.17", [0x30, (byte)(name.Length + 2), 0x82, (byte)name.Length, .. name], critical: false));
        }

        uses ??= [ServerUse, ClientUse];
        if (uses.Length > 0)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. uses.Select(use => new Oid(use))], critical: false));
        }

        using var certificate = request.Create(
            _root, Now + (from ?? TimeSpan.FromHours(-2)), Now + (until ?? TimeSpan.FromHours(1)), BitConverter.GetBytes(++_issued));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
