using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Scheduler.Sandbox.Kubernetes;

/// <summary>A certificate for one address that lasts a day and signs itself.</summary>
internal sealed class ServerCertificate : IDisposable
{
    private ServerCertificate(X509Certificate2 certificate) => Certificate = certificate;

    public X509Certificate2 Certificate { get; }

    /// <summary>As a kubeconfig holds it.</summary>
    public string AuthorityData => Convert.ToBase64String(Encoding.ASCII.GetBytes(Certificate.ExportCertificatePem()));

    public static ServerCertificate Create(IPAddress address, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kubernetes-sandbox", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = time.GetUtcNow();
        return new ServerCertificate(request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1)));
    }

    public void Dispose() => Certificate.Dispose();
}
