using System.Diagnostics;
using System.Globalization;
using Scheduler.Demo;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Testing.Processes;
using Scheduler.Testing.Waiting;

namespace Scheduler.Benchmarks;

/// <summary>
/// A long backlog on the sandbox: how soon urgent jobs that are added later get their Kubernetes Jobs, and how much memory the
/// scheduler's process has needed at most.
/// </summary>
internal static class BacklogMeasurement
{
    private const int Urgent = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    public static async Task RunAsync(int jobs, TextWriter output)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions { JobDuration = TimeSpan.FromSeconds(2) }, deadline.Token);
        await world.Buildkite.EnqueueManyAsync(jobs, new NewJob(), deadline.Token);
        var folder = Directory.CreateTempSubdirectory("backlog-").FullName;
        var config = Path.Combine(folder, "scheduler.yaml");
        await File.WriteAllTextAsync(config, $"agent-config: {{endpoint: \"{world.Buildkite.Endpoint}\"}}\n", deadline.Token);
        var log = Path.Combine(folder, "scheduler.log");
        await using var scheduler = SchedulerProcess.Start(
            ["run", "--config", config], new Dictionary<string, string> { ["KUBECONFIG"] = world.Kubeconfig }, log);

        // The whole list has been read once when the pages stop bringing new jobs.
        var pages = (jobs / 1000) + 1;
        await Eventually.TrueAsync(() => world.Buildkite.Observer.Calls(BuildkiteEndpoint.ListScheduledJobs) >= pages + 20, deadline.Token);
        await output.WriteLineAsync($"{jobs} jobs listed, {world.Kubernetes.Observer.Created} Kubernetes Jobs created meanwhile");

        var clock = Stopwatch.StartNew();
        var urgent = await world.Buildkite.EnqueueManyAsync(Urgent, new NewJob { Priority = 10 }, deadline.Token);
        await Eventually.TrueAsync(() => urgent.All(job => world.Kubernetes.Observer.CreationsOf(job.ToString()) > 0), deadline.Token);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{Urgent} urgent jobs all created {clock.Elapsed.TotalSeconds:F2} s after they were enqueued"));
        await output.WriteLineAsync($"peak memory of the scheduler's process: {PeakMegabytes(scheduler.ProcessId)} MB; limit exceeded {world.Kubernetes.Observer.LimitExceeded} times");
    }

    private static long PeakMegabytes(int process) =>
        File.ReadLines($"/proc/{process}/status")
            .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
            .First();
}
