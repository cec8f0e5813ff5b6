using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Scheduler.Cluster.Hosting;
using Scheduler.Demo;
using Scheduler.Kubernetes.Options;
using Scheduler.Logging;
using Scheduler.Running;
using Scheduler.Tests.CommandLine;

namespace Scheduler.Tests.Status;

public sealed class StatusCommandTests : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public async Task ANodeThatCannotBeReachedIsAnErrorWithARemedy()
    {
        var (exitCode, output, errors) = await Cli.RunAsync(_deadline.Token, "status", "--url", $"http://127.0.0.1:{FreePorts.Take(1)[0]}");
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("management-port", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnythingButAUrlIsRefused()
    {
        var (exitCode, _, errors) = await Cli.RunAsync(_deadline.Token, "status", "--url", "localhost:8558");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("http://host:8558", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunningNodeShowsItselfAndItsMetrics()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions { JobDuration = TimeSpan.FromSeconds(1) }, _deadline.Token);
        var ports = FreePorts.Take(2);
        using var host = await StartAsync(world, ports[0], ports[1]);
        var url = $"http://127.0.0.1:{ports[0]}";
        await UntilReadyAsync(url);

        var (exitCode, table, _) = await Cli.RunAsync(_deadline.Token, "status", "--url", url);
        Assert.Equal(0, exitCode);
        Assert.All(
            (string[])["Members", "Singletons", "limiter", "granting, epoch 1", "fetcher", "watcher", "synced", "leader, oldest, asked"],
            text => Assert.Contains(text, table, StringComparison.Ordinal));

        var (_, json, _) = await Cli.RunAsync(_deadline.Token, "status", "--json", "--url", url);
        using var status = JsonDocument.Parse(json);
        Assert.Equal(3, status.RootElement.GetProperty("singletons").GetProperty("limiter").GetProperty("limit").GetInt32());

        using var http = new HttpClient(new SocketsHttpHandler());
        var metrics = await http.GetStringAsync(new Uri($"http://127.0.0.1:{ports[1]}/metrics"), _deadline.Token);
        Assert.Contains("buildkite_limiter_max_in_flight 3\n", metrics, StringComparison.Ordinal);
        Assert.Contains("buildkite_limiter_tokens_available 3\n", metrics, StringComparison.Ordinal);
        Assert.Contains("buildkite_monitor_monitor_up 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("scheduler_limiter_lease_held 1\n", metrics, StringComparison.Ordinal);
        await host.StopAsync(_deadline.Token);
    }

    private Task<IHost> StartAsync(SandboxWorld world, int managementPort, int metricsPort) => ControllerHost.StartAsync(
        new ControllerOptions
        {
            MaxInFlight = 3,
            AgentTokenSecret = SandboxWorld.TokenSecret,
            AgentConfig = new AgentConfig { Endpoint = world.Buildkite.Endpoint.ToString() },
            LogLevel = SchedulerLogging.Silent,
            ManagementHost = "127.0.0.1",
            ManagementPort = managementPort,
            PrometheusPort = metricsPort,
        },
        new NodeAddress(),
        world.Kubeconfig,
        _deadline.Token);

    private async Task UntilReadyAsync(string url)
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await IsMissingAsync($"{url}/ready") || !(await http.GetStringAsync(new Uri($"{url}/limiter"), _deadline.Token)).Contains("granting", StringComparison.Ordinal))
        {
            await pause.WaitForNextTickAsync(_deadline.Token);
        }

        async Task<bool> IsMissingAsync(string address)
        {
            using var response = await http.GetAsync(new Uri(address), _deadline.Token);
            return !response.IsSuccessStatusCode;
        }
    }
}
