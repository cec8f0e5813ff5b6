using System.Globalization;
using System.Text.Json;
using k8s;
using k8s.Models;
using Scheduler.Core.Jobs;
using Scheduler.Deploy.Tests.Helm;
using Scheduler.Deploy.Tests.Rbac;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Sandbox.Kubelet;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Networking;
using Scheduler.Testing.Observing;
using Scheduler.Testing.Processes;

namespace Scheduler.Deploy.Tests.Tls;

/// <summary>
/// Three scheduler processes with the chart's own configuration, service account and pods' DNS names (each in a mount namespace with a
/// file of hosts), on a real control plane, while jobs come and go.
/// </summary>
internal sealed class ChartNodes : IAsyncDisposable
{
    public const int Limit = 4;

    private const int FewestWaiting = 10;
    private const string Mount = "mount --bind \"$0\" /etc/hosts && exec \"$@\"";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(9);

    private readonly CancellationTokenSource _deadline = new(Patience);
    private readonly CancellationTokenSource _enough = new();
    private readonly SchedulerProcess?[] _nodes = new SchedulerProcess?[3];
    private readonly string _network = string.Create(CultureInfo.InvariantCulture, $"127.{Random.Shared.Next(100, 200)}.{Random.Shared.Next(256)}.");
    private readonly int[] _ports = FreePorts.Take(2);
    private readonly Dictionary<string, string> _environment = [];
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
    private ControlPlane _plane = null!;
    private Kubelet _kubelet = null!;
    private Rendered _chart = null!;
    private Task _enqueuing = Task.CompletedTask;

    private ChartNodes()
    {
    }

    public BuildkiteServer Buildkite { get; private set; } = null!;

    public JobJudge Judge { get; private set; } = null!;

    public CancellationToken Deadline => _deadline.Token;

    public string Folder => _plane.Folder;

    public int Ended => Buildkite.Observer.Count(JobState.Finished);

    /// <param name="tls">The chart's <c>remoting.tls</c>.</param>
    /// <param name="environment">Further variables of every node, given the folder of all files.</param>
    public static async Task<ChartNodes> StartAsync(string tls, Func<string, Dictionary<string, string>>? environment = null)
    {
        var nodes = new ChartNodes();
        nodes._plane = await ControlPlane.StartAsync(withJobController: true, nodes.Deadline);
        nodes.Buildkite = await BuildkiteServer.StartAsync(new BuildkiteServerOptions(), nodes.Deadline);
        nodes._chart = await nodes.RenderAsync(tls);
        foreach (var (name, value) in environment?.Invoke(nodes.Folder) ?? [])
        {
            nodes._environment[name] = value;
        }

        await ChartObjects.InstallAsync(nodes._plane, nodes._chart, nodes.Deadline);
        nodes._kubelet = Kubelet.Start(new KubeletOptions
        {
            Cluster = nodes._plane.ClientConfiguration(),
            Namespace = "buildkite",
            AgentToken = nodes.Buildkite.Token,
            JobDuration = TimeSpan.FromMilliseconds(800),
        });
        nodes.Judge = await JobJudge.StartAsync(nodes._plane.ClientConfiguration(), "buildkite", nodes.Deadline);
        await File.WriteAllLinesAsync(
            nodes.Hosts, ["127.0.0.1 localhost", .. Enumerable.Range(0, 3).Select(node => $"{nodes.Address(node)} {nodes.Host(node)}")], nodes.Deadline);
        nodes._enqueuing = nodes.EnqueueAsync();
        for (var node = 0; node < 3; node++)
        {
            nodes.Start(node);
        }

        await nodes.UntilAllAreReadyAsync();
        return nodes;
    }

    /// <summary><c>helm upgrade</c>, then what the StatefulSet does: the highest number first, each when the one before is ready.</summary>
    public async Task UpgradeAsync(string tls)
    {
        _chart = await RenderAsync(tls);
        await ChartObjects.UpgradeAsync(_plane, _chart, Deadline);
        for (var node = 2; node >= 0; node--)
        {
            Assert.Equal(0, await _nodes[node]!.StopAsync(Deadline));
            await _nodes[node]!.DisposeAsync();
            Start(node);
            var ended = Ended;
            await UntilAsync($"node {node} is ready again", () => IsReadyAsync(node));
            await UntilAsync("jobs go on", () => Task.FromResult(Ended >= ended + Limit));
        }
    }

    public async Task UntilAllAreReadyAsync()
    {
        for (var node = 0; node < 3; node++)
        {
            var number = node;
            await UntilAsync($"node {node} is ready", () => IsReadyAsync(number));
        }
    }

    /// <summary>Addresses of the members that are up, as the node sees them; empty when it does not answer.</summary>
    public async Task<string[]> UpAsync(int node)
    {
        try
        {
            var document = JsonDocument.Parse(await _http.GetStringAsync(Url(node, "cluster/members/"), Deadline)).RootElement;
            return [.. document.GetProperty("members").EnumerateArray()
                .Where(member => member.GetProperty("status").GetString() == "Up")
                .Select(member => member.GetProperty("node").GetString()!)];
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or JsonException && !Deadline.IsCancellationRequested)
        {
            return [];
        }
    }

    /// <summary>Ends the coming of jobs, waits for those that are there, and looks at what has been.</summary>
    public async Task<JobVerdict> JudgeAsync()
    {
        await _enough.CancelAsync();
        await _enqueuing;
        await UntilAsync("all jobs have ended", () => Task.FromResult(Buildkite.Observer.Unended == 0 && Judge.Current.Unfinished == 0));
        Assert.Null(Judge.Current.Failure);
        Assert.Equal((Buildkite.Observer.Total, 0), (Judge.Current.Jobs, Judge.Current.Duplicated));
        Assert.InRange(Judge.Current.Peak, 1, Limit);
        Assert.Equal(0, Buildkite.Observer.Duplicates);
        Assert.All(Buildkite.Observer.Jobs(), job => Assert.Equal(0, job.Facts.ExitStatus));
        return Judge.Current;
    }

    /// <summary>All that the nodes have logged so far.</summary>
    public async Task<string> LogsAsync()
    {
        var all = new List<string>();
        for (var node = 0; node < 3; node++)
        {
            using var log = new StreamReader(new FileStream(Log(node), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            all.Add(await log.ReadToEndAsync(Deadline));
        }

        return string.Join('\n', all);
    }

    public async Task<V1Secret?> SecretAsync(string name)
    {
        using var admin = new k8s.Kubernetes(_plane.ClientConfiguration());
        var secrets = await admin.CoreV1.ListNamespacedSecretAsync("buildkite", cancellationToken: Deadline);
        return secrets.Items.SingleOrDefault(secret => secret.Name() == name);
    }

    public string Host(int node) => $"{_chart.StatefulSet.Name()}-{node}.{_chart.StatefulSet.Spec.ServiceName}.buildkite.svc";

    public string Address(int node) => string.Create(CultureInfo.InvariantCulture, $"{_network}{node + 1}");

    public int Port => _ports[0];

    public async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await condition())
        {
            Assert.DoesNotContain(_nodes, node => node?.HasExited ?? false);
            Assert.False(Deadline.IsCancellationRequested, $"not in {Patience}: {what}; see {Folder}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _enqueuing;
        foreach (var node in _nodes.OfType<SchedulerProcess>())
        {
            await node.DisposeAsync();
        }

        await Judge.DisposeAsync();
        await _kubelet.DisposeAsync();
        await Buildkite.DisposeAsync();
        await _plane.DisposeAsync();
        _http.Dispose();
        _enough.Dispose();
        _deadline.Dispose();
    }

    private string Log(int node) => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"node{node}.log"));

    private string Hosts => Path.Combine(Folder, "hosts");

    private Task<Rendered> RenderAsync(string tls) => new Release(
        $$"""
        agentToken: "{{Buildkite.Token}}"
        image: registry.test/scheduler:1
        remoting: {tls: {{tls}}}
        config:
          max-in-flight: {{Limit}}
          prometheus-port: 0
          cluster-port: {{_ports[0]}}
          management-port: {{_ports[1]}}
          reservation-grace: 20s
          agent-config: {endpoint: "{{Buildkite.Endpoint}}"}
        """).RenderAsync();

    private void Start(int node)
    {
        var config = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"config-{node}.yaml"));
        File.WriteAllText(config, _chart.ConfigurationText);
        _nodes[node] = SchedulerProcess.Start(
            ["run"],
            new Dictionary<string, string>(_environment)
            {
                ["CONFIG"] = config,
                ["KUBECONFIG"] = ChartObjects.Kubeconfig(_plane),
                ["CLUSTER_HOST"] = Host(node),

                // A pod has all its addresses and ports to itself; here there is one network for all.
                ["CLUSTER_BIND_HOST"] = Address(node),
                ["MANAGEMENT_HOST"] = Address(node),
                ["MANAGEMENT_PORT"] = string.Create(CultureInfo.InvariantCulture, $"{_ports[1]}"),
            },
            Log(node),
            ["unshare", "--mount", "sh", "-c", Mount, Hosts]);
    }

    private async Task<bool> IsReadyAsync(int node)
    {
        try
        {
            using var answer = await _http.GetAsync(Url(node, "ready"), Deadline);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !Deadline.IsCancellationRequested)
        {
            return false;
        }
    }

    private Uri Url(int node, string path) => new(string.Create(CultureInfo.InvariantCulture, $"http://{Address(node)}:{_ports[1]}/{path}"));

    private async Task EnqueueAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            while (await timer.WaitForNextTickAsync(_enough.Token))
            {
                if (Buildkite.Observer.Unended < FewestWaiting)
                {
                    await Buildkite.EnqueueManyAsync(FewestWaiting, new NewJob(), CancellationToken.None);
                }
            }
        }
        catch (OperationCanceledException) when (_enough.IsCancellationRequested)
        {
            // The test has seen enough.
        }
    }
}

/// <summary>A test that needs helm, a real control plane, and root for mount namespaces.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChartNodesFactAttribute : FactAttribute
{
    public ChartNodesFactAttribute() => Skip = HelmProgram.Location is null ? HelmProgram.HowToGet
        : !EnvtestAssets.HasControllerManager ? EnvtestAssets.HowToGet
        : !OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess ? "needs root on Linux, for mount namespaces"
        : null;
}
