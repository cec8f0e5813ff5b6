using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Scheduler.Core.Jobs;
using Scheduler.Demo;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Testing.Networking;
using Scheduler.Testing.Processes;
using Scheduler.Testing.Waiting;
using Xunit.Abstractions;

namespace Scheduler.Tests.Networking;

/// <summary>
/// Nodes as processes in networks of one family or of both, configured as the chart does it: default bind address, and Kubernetes from the
/// pod's service account.
/// </summary>
public sealed class IpFamilyTests(ITestOutputHelper output) : IDisposable
{
    private const int Nodes = 2;
    private const int Jobs = 3;

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));
    private readonly string _folder = Directory.CreateTempSubdirectory("families-").FullName;

    public void Dispose()
    {
        _deadline.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <param name="addresses">What the nodes have.</param>
    /// <param name="names">What their names lead to; null: they are known by their addresses.</param>
    [NamespaceTheory]
    [InlineData(IpFamilies.IPv6, IpFamilies.IPv6)]
    [InlineData(IpFamilies.IPv6, null)]
    [InlineData(IpFamilies.Both, IpFamilies.Both)]
    [InlineData(IpFamilies.Both, IpFamilies.IPv6)]
    [InlineData(IpFamilies.IPv4, IpFamilies.IPv4)]
    public async Task NodesFindEachOtherAndWork(IpFamilies addresses, IpFamilies? names)
    {
        await using var network = await NodeNetwork.CreateAsync(
            Nodes, addresses, (node, all) => string.Join('\n', all.Where(each => Has(names, each)).Select(each => $"{each} {Name(node)}")), _deadline.Token);
        await using var world = await SandboxWorld.StartAsync(
            new SandboxOptions { Address = network.Host, UseTls = true, JobDuration = TimeSpan.FromMilliseconds(50), Kubeconfig = Path.Combine(_folder, "kubeconfig") },
            _deadline.Token);
        await PrepareAsync(world, network, names is null ? network.Seeds : string.Join(',', Enumerable.Range(0, Nodes).Select(node => $"{Name(node)}:{network.Port(node)}")));
        var nodes = Enumerable.Range(0, Nodes).Select(node => Start(node, world, network, names is null ? $"{network.Address(node)}" : Name(node))).ToArray();
        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };
            await Eventually.TrueAsync(async () => (await MembersAsync(http, network, 0)).Count == Nodes, TimeSpan.FromMilliseconds(200), _deadline.Token);
            await Eventually.TrueAsync(
                async () => (await MembersAsync(http, network, 0)).SetEquals(await MembersAsync(http, network, 1)), TimeSpan.FromMilliseconds(200), _deadline.Token);
            output.WriteLine(string.Join(", ", await MembersAsync(http, network, 0)));
            await world.Buildkite.EnqueueManyAsync(Jobs, new NewJob(), _deadline.Token);
            await Eventually.TrueAsync(() => world.Buildkite.Observer.Count(JobState.Finished) == Jobs, _deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail("not in time:\n" + string.Join('\n', Enumerable.Range(0, Nodes).Select(node => File.ReadAllText(Log(node)))));
        }
        finally
        {
            await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));
        }
    }

    private static bool Has(IpFamilies? names, IPAddress address) =>
        names?.HasFlag(address.AddressFamily == AddressFamily.InterNetworkV6 ? IpFamilies.IPv6 : IpFamilies.IPv4) ?? false;

    private static string Name(int node) => string.Create(CultureInfo.InvariantCulture, $"scheduler-{node}.nodes.buildkite.svc");

    private string Log(int node) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"node{node}.log"));

    private string ServiceAccount => Path.Combine(_folder, "serviceaccount");

    private async Task PrepareAsync(SandboxWorld world, NodeNetwork network, string seeds)
    {
        var kubeconfig = JsonNode.Parse(await File.ReadAllTextAsync(world.Kubeconfig, _deadline.Token))!;
        Directory.CreateDirectory(ServiceAccount);
        await File.WriteAllTextAsync(Path.Combine(ServiceAccount, "token"), kubeconfig["users"]![0]!["user"]!["token"]!.GetValue<string>(), _deadline.Token);
        await File.WriteAllBytesAsync(
            Path.Combine(ServiceAccount, "ca.crt"),
            Convert.FromBase64String(kubeconfig["clusters"]![0]!["cluster"]!["certificate-authority-data"]!.GetValue<string>()),
            _deadline.Token);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "scheduler.yaml"),
            $"""
            max-in-flight: 2
            agent-token-secret: {SandboxWorld.TokenSecret}
            cluster-seeds: "{seeds}"
            agent-config:
              endpoint: "{world.Buildkite.Endpoint}"
            """,
            _deadline.Token);
    }

    private SchedulerProcess Start(int node, SandboxWorld world, NodeNetwork network, string host) => SchedulerProcess.Start(
        [
            "run", "--config", Path.Combine(_folder, "scheduler.yaml"), "--cluster-host", host,
            "--cluster-port", $"{network.Port(node)}", "--management-port", $"{network.Management(node).Port}",
        ],
        new Dictionary<string, string>
        {
            ["KUBECONFIG"] = "",
            ["KUBERNETES_SERVICE_HOST"] = $"{network.Host}",
            ["KUBERNETES_SERVICE_PORT"] = $"{world.Kubernetes.Endpoint.Port}",
        },
        Log(node),
        [
            .. network.Launcher(node), "sh", "-c",
            $"""
             account=/var/run/secrets/kubernetes.io/serviceaccount
             mount -t tmpfs none /run && mkdir -p $account && cp {ServiceAccount}/* $account && exec "$0" "$@"
             """,
        ]);

    /// <summary>Addresses of members that are up, as this node sees them; none while it does not answer.</summary>
    private async Task<HashSet<string>> MembersAsync(HttpClient http, NodeNetwork network, int node)
    {
        try
        {
            var members = JsonNode.Parse(await http.GetStringAsync(new Uri(network.Management(node), "cluster/members"), _deadline.Token))!["members"]!.AsArray();
            return [.. members.Where(member => member!["status"]!.GetValue<string>() == "Up").Select(member => member!["node"]!.GetValue<string>())];
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !_deadline.IsCancellationRequested)
        {
            return [];
        }
    }
}
