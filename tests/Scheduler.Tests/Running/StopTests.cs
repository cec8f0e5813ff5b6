using Scheduler.Core.Jobs;
using Scheduler.Demo;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Testing.Processes;
using Scheduler.Testing.Waiting;
using Xunit.Abstractions;

namespace Scheduler.Tests.Running;

/// <summary>What a process says while it ends in order.</summary>
public sealed class StopTests(ITestOutputHelper output) : IDisposable
{
    private const int Jobs = 6;

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));
    private readonly string _folder = Directory.CreateTempSubdirectory("stop-").FullName;

    public void Dispose()
    {
        _deadline.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task AnOrdinaryEndWithJobsRunningIsQuiet(int nodes)
    {
        await using var world = await SandboxWorld.StartAsync(
            new SandboxOptions { JobDuration = TimeSpan.FromMinutes(5), Kubeconfig = Path.Combine(_folder, "kubeconfig") }, _deadline.Token);
        var ports = Testing.Networking.FreePorts.Take(nodes);
        var configuration = Path.Combine(_folder, "scheduler.yaml");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            max-in-flight: {Jobs}
            agent-token-secret: {SandboxWorld.TokenSecret}
            cluster-seeds: "{(nodes == 1 ? "" : string.Join(',', ports.Select(port => $"127.0.0.1:{port}")))}"
            agent-config:
              endpoint: {world.Buildkite.Endpoint}
            """,
            _deadline.Token);
        var processes = ports.Select(port => SchedulerProcess.Start(
            ["run", "--config", configuration, "--cluster-host", "127.0.0.1", "--cluster-port", $"{port}"],
            new Dictionary<string, string> { ["KUBECONFIG"] = world.Kubeconfig },
            Log(port))).ToArray();
        try
        {
            await world.Buildkite.EnqueueManyAsync(2 * Jobs, new NewJob(), _deadline.Token);
            await Eventually.TrueAsync(() => world.Buildkite.Observer.Count(JobState.Running) == Jobs, _deadline.Token);
            await Eventually.TrueAsync(() => ports.All(port => ports.SelectMany(Lines).Any(line => IsUp(line, port))), _deadline.Token);
            foreach (var (process, port) in processes.Zip(ports))
            {
                var before = Lines(port).Length;
                Assert.Equal(0, await process.StopAsync(_deadline.Token));
                AssertQuiet(Lines(port)[before..]);
            }
        }
        finally
        {
            foreach (var process in processes)
            {
                await process.DisposeAsync();
            }
        }
    }

    private string Log(int port) => Path.Combine(_folder, $"{port}.log");

    private string[] Lines(int port) => File.Exists(Log(port)) ? File.ReadAllLines(Log(port)) : [];

    private static bool IsUp(string line, int port) => line.Contains("Leader is moving node", StringComparison.Ordinal)
        && line.Contains("Up", StringComparison.Ordinal) && line.Contains($":{port}]", StringComparison.Ordinal);

    private void AssertQuiet(string[] lines)
    {
        Array.ForEach(lines, output.WriteLine);
        Assert.DoesNotContain(lines, line => line.Contains("not delivered", StringComparison.Ordinal) || line.Contains("dead letter", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(lines, line => line.Contains("Exception", StringComparison.Ordinal) || line.StartsWith("   at ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(" WRN ", StringComparison.Ordinal) || line.Contains(" ERR ", StringComparison.Ordinal) || line.Contains(" FTL ", StringComparison.Ordinal));
    }
}
