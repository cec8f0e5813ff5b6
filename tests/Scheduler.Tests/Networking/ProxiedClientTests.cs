using System.Globalization;
using System.Text.Json.Nodes;
using k8s;
using Scheduler.Buildkite;
using Scheduler.Core.Proxies;
using Scheduler.Demo;
using Scheduler.Kubernetes.Connection;
using Scheduler.Testing.Networking;

namespace Scheduler.Tests.Networking;

/// <summary>
/// Which way both clients take. The servers are called by names and by an address that only a proxy gets anywhere with: 0.0.0.0, to which
/// .NET itself sends nothing.
/// </summary>
public sealed class ProxiedClientTests : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(3));
    private SandboxWorld _world = null!;

    public static readonly TheoryData<string, bool> Lists = new()
    {
        { "", true },
        { "*", false },
        { "0.0.0.0", false },
        { "0.0.0.0/8,.svc", false },
        { "::ffff:0.0.0.0", false },
        { "0.0.0.0:1", true },
        { "0.0.0.0:BUILDKITE,0.0.0.0:KUBERNETES", false },
        { "10.0.0.0/8,fd00::/8,.svc,kubernetes", true },
    };

    public async Task InitializeAsync() => _world = await SandboxWorld.StartAsync(new SandboxOptions(), _deadline.Token);

    public async Task DisposeAsync() => await _world.DisposeAsync();

    public void Dispose() => _deadline.Dispose();

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task NoProxyDecidesForBothClients(string list, bool isProxied)
    {
        await using var proxy = LocalProxy.Start();
        var environment = Given(
            ("HTTP_PROXY", $"127.0.0.1:{proxy.Port}"),
            ("NO_PROXY", list.Replace("BUILDKITE", Port(_world.Buildkite.Endpoint), StringComparison.Ordinal)
                .Replace("KUBERNETES", Port(_world.Kubernetes.Endpoint), StringComparison.Ordinal)));

        foreach (var call in new[] { CallBuildkiteAsync, CallKubernetesAsync })
        {
            var error = await Record.ExceptionAsync(() => call("0.0.0.0", environment));
            Assert.Equal(isProxied, error is null);
            Assert.DoesNotContain("proxy", error?.Message ?? "", StringComparison.Ordinal);
        }

        Assert.Equal(isProxied ? 2 : 0, proxy.Requests.Count);
    }

    [Fact]
    public async Task ThisMachineIsCalledDirectly()
    {
        await using var proxy = LocalProxy.Start();
        var environment = Given(("HTTP_PROXY", $"127.0.0.1:{proxy.Port}"));

        await CallBuildkiteAsync("127.0.0.1", environment);
        await CallKubernetesAsync("localhost", environment);

        Assert.Empty(proxy.Requests);
    }

    [Theory]
    [InlineData("http://us%40er:geheim@127.0.0.1:PORT")]
    [InlineData("socks5://us%40er:geheim@127.0.0.1:PORT")]
    public async Task NamesThatOnlyTheProxyKnowsAreReachedWithTheCredentialsOfItsUrl(string url)
    {
        await using var proxy = LocalProxy.Start("us@er:geheim");
        var environment = Given(("http_proxy", url.Replace("PORT", $"{proxy.Port}", StringComparison.Ordinal)));

        await CallBuildkiteAsync("buildkite.test", environment);
        await CallKubernetesAsync("kubernetes.test", environment);

        Assert.Collection(
            proxy.Requests,
            request => Assert.Contains("buildkite.test:", request, StringComparison.Ordinal),
            request => Assert.Contains("kubernetes.test:", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ASecureServerIsReachedByATunnel()
    {
        await using var secure = await SandboxWorld.StartAsync(new SandboxOptions { UseTls = true }, _deadline.Token);
        await using var proxy = LocalProxy.Start();
        var kubeconfig = await KubeconfigAsync(secure, "kubernetes.test", $"http://127.0.0.1:{proxy.Port}");

        using var client = KubernetesConnection.Connect(kubeconfig);
        await client.CoreV1.ListNamespacedPodAsync(SandboxWorld.Namespace, cancellationToken: _deadline.Token);

        Assert.Equal($"CONNECT kubernetes.test:{Port(secure.Kubernetes.Endpoint)}", Assert.Single(proxy.Requests));
    }

    [Fact]
    public async Task AKubeconfigsOwnProxyIsUsed()
    {
        await using var proxy = LocalProxy.Start();
        using var client = KubernetesConnection.Connect(await KubeconfigAsync(_world, "kubernetes.test", $"socks5://127.0.0.1:{proxy.Port}"));

        await client.CoreV1.ListNamespacedPodAsync(SandboxWorld.Namespace, cancellationToken: _deadline.Token);

        Assert.Equal($"SOCKS5 kubernetes.test:{Port(_world.Kubernetes.Endpoint)}", Assert.Single(proxy.Requests));
        Assert.Equal($" through the proxy socks5://127.0.0.1:{proxy.Port}", KubernetesConnection.Through(client));
    }

    [Fact]
    public async Task AKubeconfigsBadProxyIsRefusedWithoutItsPassword()
    {
        var kubeconfig = await KubeconfigAsync(_world, "kubernetes.test", "ftp://user:geheim@proxy:21");

        var error = Assert.Throws<InvalidOperationException>(() => KubernetesConnection.Connect(kubeconfig));

        Assert.StartsWith($"kubeconfig {kubeconfig}: proxy-url \"ftp://proxy:21\" of cluster ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("socks5")]
    public async Task AProxyThatDoesNotAnswerIsNamedWithoutItsPassword(string scheme)
    {
        var port = Testing.Networking.FreePorts.Take(1)[0];
        var environment = Given(("HTTP_PROXY", $"{scheme}://user:geheim@127.0.0.1:{port}"));

        await AssertNamedAsync($"{scheme}://127.0.0.1:{port}", environment);
    }

    [Fact]
    public async Task AProxyThatWantsOtherCredentialsIsNamedWithoutThem()
    {
        await using var proxy = LocalProxy.Start("user:other");
        var environment = Given(("HTTP_PROXY", $"http://user:geheim@127.0.0.1:{proxy.Port}"));

        await AssertNamedAsync($"http://127.0.0.1:{proxy.Port}", environment);
    }

    private async Task AssertNamedAsync(string proxy, EnvironmentProxy environment)
    {
        foreach (var call in new[] { CallBuildkiteAsync, CallKubernetesAsync })
        {
            var error = await Assert.ThrowsAnyAsync<Exception>(() => call("servers.test", environment));
            Assert.Contains($"through the proxy {proxy}", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("geheim", error.ToString(), StringComparison.Ordinal);
        }
    }

    private async Task CallBuildkiteAsync(string host, EnvironmentProxy environment)
    {
        using var api = StacksClient.Create(new StacksClientOptions
        {
            Token = _world.Buildkite.Token,
            Endpoint = Elsewhere(_world.Buildkite.Endpoint, host),
            Proxy = environment,
            RetryDelay = TimeSpan.Zero,
        });
        await api.GetTokenAsync(_deadline.Token);
    }

    private async Task CallKubernetesAsync(string host, EnvironmentProxy environment)
    {
        var configuration = KubernetesClientConfiguration.BuildConfigFromConfigFile(_world.Kubeconfig);
        configuration.Host = Elsewhere(_world.Kubernetes.Endpoint, host).AbsoluteUri;
        using var client = KubernetesConnection.Connect(configuration, environment);
        await client.CoreV1.ListNamespacedPodAsync(SandboxWorld.Namespace, cancellationToken: _deadline.Token);
    }

    private static async Task<string> KubeconfigAsync(SandboxWorld world, string host, string proxy)
    {
        var path = world.Kubeconfig + ".proxied";
        var document = JsonNode.Parse(await File.ReadAllTextAsync(world.Kubeconfig))!;
        var cluster = document["clusters"]![0]!["cluster"]!;
        cluster["server"] = Elsewhere(world.Kubernetes.Endpoint, host).AbsoluteUri;
        cluster["tls-server-name"] = world.Kubernetes.Endpoint.Host;
        cluster["proxy-url"] = proxy;
        await File.WriteAllTextAsync(path, document.ToJsonString());
        return path;
    }

    private static string Port(Uri server) => server.Port.ToString(CultureInfo.InvariantCulture);

    private static Uri Elsewhere(Uri server, string host) => new UriBuilder(server) { Host = host }.Uri;

    private static EnvironmentProxy Given(params (string Name, string Value)[] variables) =>
        EnvironmentProxy.Read(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
