using System.Diagnostics;
using System.Net;
using k8s;
using k8s.Models;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Sandbox.Kubernetes;
using Scheduler.Testing.Networking;

namespace Scheduler.Deploy.Tests.Publishing;

/// <summary>The published controller on the sandbox, started as its container starts it: with CONFIG, and nowhere to write.</summary>
internal sealed class PublishedNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _deadline = new(Patience);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly DirectoryInfo _folder;
    private readonly BuildkiteServer _buildkite;
    private readonly KubernetesServer _kubernetes;
    private readonly Process _process;
    private readonly Uri _ready;

    private PublishedNode(DirectoryInfo folder, BuildkiteServer buildkite, KubernetesServer kubernetes, string program)
    {
        (_folder, _buildkite, _kubernetes) = (folder, buildkite, kubernetes);
        var port = FreePorts.Take(1)[0];
        _ready = new Uri($"http://127.0.0.1:{port}/ready");
        var start = new ProcessStartInfo(program, ["run"]) { WorkingDirectory = "/" };
        start.Environment["CONFIG"] = Path.Combine(folder.FullName, "config.yaml");
        start.Environment["KUBECONFIG"] = Path.Combine(folder.FullName, "kubeconfig");
        start.Environment["MANAGEMENT_PORT"] = $"{port}";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["HOME"] = "/nonexistent";
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }

    public long ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 >> 20;
        }
    }

    public static async Task<PublishedNode> StartAsync(string program)
    {
        var folder = Directory.CreateTempSubdirectory("published-");
        var buildkite = await BuildkiteServer.StartAsync(new BuildkiteServerOptions(), CancellationToken.None);
        var kubernetes = await KubernetesServer.StartAsync(new KubernetesServerOptions(), CancellationToken.None);
        using var admin = new k8s.Kubernetes(new KubernetesClientConfiguration { Host = kubernetes.Endpoint.AbsoluteUri });
        await admin.CoreV1.CreateNamespacedSecretAsync(
            new V1Secret
            {
                Metadata = new V1ObjectMeta { Name = "buildkite-agent-token" },
                StringData = new Dictionary<string, string> { ["BUILDKITE_AGENT_TOKEN"] = buildkite.Token },
            },
            "default");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "config.yaml"), $"agent-config: {{endpoint: \"{buildkite.Endpoint}\"}}\n");
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "kubeconfig"),
            $$$"""
            apiVersion: v1
            kind: Config
            current-context: sandbox
            clusters: [{name: sandbox, cluster: {server: "{{{kubernetes.Endpoint.AbsoluteUri.TrimEnd('/')}}}"}}]
            contexts: [{name: sandbox, context: {cluster: sandbox, user: nobody, namespace: default}}]
            users: [{name: nobody, user: {token: any}}]
            """);
        return new PublishedNode(folder, buildkite, kubernetes, program);
    }

    /// <summary>How long after its start it said that it was ready.</summary>
    public async Task<TimeSpan> UntilReadyAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler());
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await IsReadyAsync(client))
        {
            Assert.False(_process.HasExited, "the controller ended before it was ready");
            await timer.WaitForNextTickAsync(_deadline.Token);
        }

        return _clock.Elapsed;
    }

    /// <summary>SIGTERM, as the kubelet does; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync(_deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        await _kubernetes.DisposeAsync();
        await _buildkite.DisposeAsync();
        _folder.Delete(recursive: true);
        _deadline.Dispose();
    }

    private async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(_ready, _deadline.Token);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
