using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Scheduler.Cluster.Hosting;

namespace Scheduler.Cluster.Tests.Hosting;

/// <summary>A certificate authority of its own, for one test.</summary>
internal sealed class Authority : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("authority-").FullName;
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _root;
    private int _issued;

    public Authority(string name)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        File.WriteAllText(PathOf("ca.crt"), _root.ExportCertificatePem());
    }

    public NodeCertificate Issue(string host, TimeSpan? validFor = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var until = TimeProvider.System.GetUtcNow() + (validFor ?? TimeSpan.FromHours(1));
        using var certificate = request.Create(_root, TimeProvider.System.GetUtcNow().AddHours(-2), until, BitConverter.GetBytes(++_issued));
        File.WriteAllText(PathOf("tls.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf("tls.key"), key.ExportPkcs8PrivateKeyPem());
        return NodeCertificate.Load(PathOf("tls.crt"), PathOf("tls.key"), PathOf("ca.crt"));
    }

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
