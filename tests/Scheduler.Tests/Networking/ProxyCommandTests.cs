using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Scheduler.Demo;
using Scheduler.Testing.Networking;
using Scheduler.Testing.Processes;

namespace Scheduler.Tests.Networking;

/// <summary>The program as a process with proxies in its environment.</summary>
public sealed class ProxyCommandTests : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(3));
    private readonly string _folder = Directory.CreateTempSubdirectory("proxy-").FullName;
    private SandboxWorld _world = null!;

    public async Task InitializeAsync() => _world = await SandboxWorld.StartAsync(
        new SandboxOptions { Kubeconfig = Path.Combine(_folder, "kubeconfig") }, _deadline.Token);

    public async Task DisposeAsync() => await _world.DisposeAsync();

    public void Dispose()
    {
        _deadline.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task EverythingIsCalledThroughTheProxyOfTheEnvironment()
    {
        await using var proxy = LocalProxy.Start("user:geheim");

        var (code, printed) = await CheckAsync(("HTTP_PROXY", $"http://user:geheim@127.0.0.1:{proxy.Port}"), ("no_proxy", "10.0.0.0/8,.svc"));

        Assert.True(code == 0, printed);
        Assert.Contains(proxy.Requests, request => request.StartsWith("GET http://kubernetes.test:", StringComparison.Ordinal));
        Assert.Contains(proxy.Requests, request => request.StartsWith("GET http://buildkite.test:", StringComparison.Ordinal));
        Assert.Contains($"through the proxy http://127.0.0.1:{proxy.Port}", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASecureProxyIsTrustedForTheAuthorityInSslCertFile()
    {
        using var certificate = Certificate();
        var authority = Path.Combine(_folder, "authority.pem");
        await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem(), _deadline.Token);
        await using var proxy = LocalProxy.Start(certificate: certificate);
        var variable = ("HTTP_PROXY", $"https://127.0.0.1:{proxy.Port}");

        var (refused, why) = await CheckAsync(variable);
        Assert.True(refused == 1, why);
        Assert.Empty(proxy.Requests);

        var (code, printed) = await CheckAsync(variable, ("SSL_CERT_FILE", authority));
        Assert.True(code == 0, printed);
        Assert.NotEmpty(proxy.Requests);
    }

    [Theory]
    [InlineData("*")]
    [InlineData(".test")]
    [InlineData("kubernetes.test,buildkite.test")]
    public async Task WhatNoProxyNamesIsNotCalledThroughTheProxy(string list)
    {
        await using var proxy = LocalProxy.Start();

        var (code, printed) = await CheckAsync(("HTTP_PROXY", $"127.0.0.1:{proxy.Port}"), ("NO_PROXY", list));

        // Nobody else knows these names.
        Assert.True(code == 1, printed);
        Assert.Empty(proxy.Requests);
        Assert.DoesNotContain("through the proxy", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    [InlineData("status")]
    public async Task ABadProxyIsRefusedAtTheStart(string command)
    {
        var (code, printed) = await RunAsync([command], ("HTTPS_PROXY", "http://user:geheim@proxy:port"));

        Assert.True(code == 1, printed);
        Assert.Contains("HTTPS_PROXY", printed, StringComparison.Ordinal);
        Assert.Contains("http://proxy:***", printed, StringComparison.Ordinal);
        Assert.Contains("write it as http://host:port", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", printed, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Printed)> CheckAsync(params (string, string)[] environment)
    {
        var (configuration, kubeconfig) = await PrepareAsync();
        return await RunAsync(["check", "--config", configuration], [.. environment, ("KUBECONFIG", kubeconfig)]);
    }

    private async Task<(string Configuration, string Kubeconfig)> PrepareAsync()
    {
        var kubeconfig = JsonNode.Parse(await File.ReadAllTextAsync(_world.Kubeconfig, _deadline.Token))!;
        kubeconfig["clusters"]![0]!["cluster"]!["server"] = Elsewhere(_world.Kubernetes.Endpoint, "kubernetes.test");
        var path = Path.Combine(_folder, "proxied.kubeconfig");
        await File.WriteAllTextAsync(path, kubeconfig.ToJsonString(), _deadline.Token);
        var configuration = Path.Combine(_folder, "scheduler.yaml");
        await File.WriteAllTextAsync(
            configuration,
            $"agent-token-secret: {SandboxWorld.TokenSecret}\nagent-config:\n  endpoint: {Elsewhere(_world.Buildkite.Endpoint, "buildkite.test")}\n",
            _deadline.Token);
        return (configuration, path);
    }

    private async Task<(int Code, string Printed)> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var log = Path.Combine(_folder, Path.GetRandomFileName());
        int code;
        await using (var process = SchedulerProcess.Start(arguments, environment.ToDictionary(each => each.Name, each => each.Value), log))
        {
            code = await process.WaitForExitAsync(_deadline.Token);
        }

        return (code, await File.ReadAllTextAsync(log, _deadline.Token));
    }

    private static string Elsewhere(Uri server, string host) => new UriBuilder(server) { Host = host }.Uri.AbsoluteUri;

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=proxy", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
    }
}
