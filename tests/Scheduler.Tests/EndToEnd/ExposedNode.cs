using System.Globalization;
using System.Text.RegularExpressions;
using Scheduler.Demo;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Testing.Processes;
using Scheduler.Testing.Waiting;

namespace Scheduler.Tests.EndToEnd;

/// <summary>A scheduler process on the sandbox whose remoting port anybody on this machine reaches.</summary>
internal sealed class ExposedNode : IAsyncDisposable
{
    private readonly SandboxWorld _world;
    private readonly SchedulerProcess _process;
    private readonly string _log;
    private readonly HttpClient _http;

    private ExposedNode(SandboxWorld world, SchedulerProcess process, string log, HttpClient http, int port) =>
        (_world, _process, _log, _http, RemotingPort) = (world, process, log, http, port);

    public int RemotingPort { get; }

    public bool IsAlive => !_process.HasExited;

    /// <summary>Memory of the process that is in the machine's, in bytes.</summary>
    public long Memory => Kilobytes("VmRSS") * 1024;

    /// <summary>What the process has open: files, sockets, watches.</summary>
    public IReadOnlyList<string> Open => [.. Directory.EnumerateFiles($"/proc/{_process.ProcessId}/fd").Select(LinkTarget)];

    /// <summary>What it has logged so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            using var file = new StreamReader(new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    public static async Task<ExposedNode> StartAsync(CancellationToken cancellationToken)
    {
        var world = await SandboxWorld.StartAsync(new SandboxOptions { JobDuration = TimeSpan.FromMilliseconds(50) }, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("exposed-").FullName;
        var (config, log) = (Path.Combine(folder, "scheduler.yaml"), Path.Combine(folder, "scheduler.log"));
        var ports = FreePorts.Take(2);
        await File.WriteAllTextAsync(
            config,
            string.Create(CultureInfo.InvariantCulture, $$"""
            max-in-flight: 3
            agent-config: {endpoint: "{{world.Buildkite.Endpoint}}"}
            cluster-port: {{ports[0]}}
            prometheus-port: {{ports[1]}}
            """),
            cancellationToken);
        var process = SchedulerProcess.Start(["run", "--config", config], new Dictionary<string, string> { ["KUBECONFIG"] = world.Kubeconfig }, log);
        var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri($"http://127.0.0.1:{ports[1]}/") };
        var node = new ExposedNode(world, process, log, http, ports[0]);
        try
        {
            await node.RunJobAsync(cancellationToken);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a job from beginning to end, which takes fetcher, limiter, watcher, shards and a job's actor.</summary>
    public async Task RunJobAsync(CancellationToken cancellationToken)
    {
        var job = await _world.Buildkite.EnqueueAsync(new NewJob(), cancellationToken);
        await Eventually.TrueAsync(() => _world.Kubernetes.Observer.CreationsOf(job.ToString()) > 0, cancellationToken);
    }

    /// <summary>Sum of the series of that name.</summary>
    public async Task<double> MetricAsync(string name, CancellationToken cancellationToken)
    {
        var text = await _http.GetStringAsync(new Uri("metrics", UriKind.Relative), cancellationToken);
        return Regex.Matches(text, $@"^{name}(?:\{{[^}}]*\}})? (\S+)$", RegexOptions.Multiline)
            .Sum(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
        await _world.DisposeAsync();
    }

    private static string LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget ?? "";
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return "";
        }
    }

    private long Kilobytes(string name) => File.ReadLines($"/proc/{_process.ProcessId}/status")
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))
        .First();
}
