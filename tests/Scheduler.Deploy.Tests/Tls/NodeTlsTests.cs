using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit.Abstractions;

namespace Scheduler.Deploy.Tests.Tls;

/// <summary>TLS between nodes as the chart configures it: switched on and off, and with certificates replaced, while jobs run.</summary>
public sealed class NodeTlsTests(ITestOutputHelper output)
{
    private const string Secret = "ci-agent-stack-k8s-remoting-tls";

    [ChartNodesFact]
    public async Task SwitchedOnAndOffAgainTheNodesRollOneByOneAndJobsGoOn()
    {
        await using var nodes = await ChartNodes.StartAsync("{enabled: false}");
        Assert.Null(await nodes.SecretAsync(Secret));
        await AssertAllTalkAsync(nodes, "akka.tcp");

        await nodes.UpgradeAsync("{}");
        Assert.Equal(["ca.crt", "ca.key"], (await nodes.SecretAsync(Secret))!.Data.Keys.Order(StringComparer.Ordinal));
        await AssertAllTalkAsync(nodes, "akka.ssl.tcp");
        await AssertPlainIsRefusedAsync(nodes);

        await nodes.UpgradeAsync("{enabled: false}");
        await AssertAllTalkAsync(nodes, "akka.tcp");

        // Whoever finds something else than a node at a node's address goes on.
        Assert.DoesNotContain("TlsHandshakeFailureReason", await nodes.LogsAsync(), StringComparison.Ordinal);
        output.WriteLine($"{await nodes.JudgeAsync()}; see {nodes.Folder}");
    }

    [ChartNodesFact]
    public async Task ReplacedFilesAreTakenByOneNodeAfterTheOtherWithoutARestart()
    {
        using var former = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (formerAuthority, nextAuthority) = (Authority("former", former), Authority("next", next));
        await using var nodes = await ChartNodes.StartAsync("{secretName: given}", folder =>
        {
            Write(folder, formerAuthority, formerAuthority);
            return new Dictionary<string, string>
            {
                ["CLUSTER_TLS_CERT_FILE"] = Path.Combine(folder, "tls.crt"),
                ["CLUSTER_TLS_KEY_FILE"] = Path.Combine(folder, "tls.key"),
                ["CLUSTER_TLS_CA_FILE"] = Path.Combine(folder, "ca.crt"),
            };
        });
        await AssertAllTalkAsync(nodes, "akka.ssl.tcp");
        var shown = await ShownAsync(nodes, 0);

        Write(nodes.Folder, nextAuthority, formerAuthority, nextAuthority);

        var fewest = 3;
        await nodes.UntilAsync("all nodes show the new certificate", async () =>
        {
            var up = 0;
            for (var node = 0; node < 3; node++)
            {
                up = Math.Max(up, (await nodes.UpAsync(node)).Length);
            }

            fewest = Math.Min(fewest, up);
            var all = new[] { await ShownAsync(nodes, 0), await ShownAsync(nodes, 1), await ShownAsync(nodes, 2) };
            return all.All(one => one is not null && one != shown) && up == 3;
        });
        Assert.Equal(2, fewest);
        await AssertAllTalkAsync(nodes, "akka.ssl.tcp");
        output.WriteLine($"{await nodes.JudgeAsync()}; see {nodes.Folder}");
    }

    private static async Task AssertAllTalkAsync(ChartNodes nodes, string protocol)
    {
        var expected = Enumerable.Range(0, 3).Select(node => $"{protocol}://scheduler@{nodes.Host(node)}:{nodes.Port}").ToArray();
        for (var node = 0; node < 3; node++)
        {
            var number = node;
            await nodes.UntilAsync(
                $"node {node} sees all three at {protocol}", async () => (await nodes.UpAsync(number)).Order(StringComparer.Ordinal).SequenceEqual(expected));
        }
    }

    private static async Task AssertPlainIsRefusedAsync(ChartNodes nodes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(nodes.Address(0), nodes.Port, nodes.Deadline);
        await client.GetStream().WriteAsync("\u0004\0\0\0ping"u8.ToArray(), nodes.Deadline);
        try
        {
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], nodes.Deadline));
        }
        catch (IOException)
        {
            // Reset: refused all the same.
        }
    }

    /// <summary>The thumbprint of the certificate that a node shows to anybody; null when it shows none.</summary>
    private static async Task<string?> ShownAsync(ChartNodes nodes, int node)
    {
        string? thumbprint = null;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(nodes.Address(node), nodes.Port, nodes.Deadline);
            await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) =>
            {
                thumbprint = (certificate as X509Certificate2)?.Thumbprint;
                return false;
            });
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "any", EnabledSslProtocols = SslProtocols.Tls12 }, nodes.Deadline);
        }
        catch (Exception error) when (error is AuthenticationException or IOException or SocketException)
        {
            // It was only to be looked at.
        }

        return thumbprint;
    }

    private static X509Certificate2 Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(0));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
    }

    /// <summary>As cert-manager's Secret appears in a volume: one certificate for all nodes.</summary>
    private static void Write(string folder, X509Certificate2 signer, params X509Certificate2[] believed)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=nodes", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("*.ci-agent-stack-k8s-nodes.buildkite.svc");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        using var certificate = request.Create(
            signer, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddDays(7), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Path.Combine(folder, "ca.crt"), string.Join('\n', believed.Select(one => one.ExportCertificatePem())));
        File.WriteAllText(Path.Combine(folder, "tls.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "tls.crt"), certificate.ExportCertificatePem());
    }
}
