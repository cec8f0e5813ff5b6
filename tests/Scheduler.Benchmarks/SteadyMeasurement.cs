using System.Diagnostics;
using System.Globalization;
using Scheduler.Demo;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Testing.Processes;
using Scheduler.Testing.Waiting;

namespace Scheduler.Benchmarks;

/// <summary>Many jobs in flight of which none changes: what the scheduler's process needs of memory and processor time.</summary>
internal static class SteadyMeasurement
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    /// <summary>Longer than the slow timer on which every job is announced anew.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(90);

    public static async Task RunAsync(int jobs, TextWriter output)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions { JobDuration = TimeSpan.FromHours(1) }, deadline.Token);
        await world.Buildkite.EnqueueManyAsync(jobs, new NewJob(), deadline.Token);
        var folder = Directory.CreateTempSubdirectory("steady-").FullName;
        var config = Path.Combine(folder, "scheduler.yaml");
        await File.WriteAllTextAsync(
            config, $"max-in-flight: {jobs}\nmanagement-port: 0\nagent-config: {{endpoint: \"{world.Buildkite.Endpoint}\"}}\n", deadline.Token);
        await using var scheduler = SchedulerProcess.Start(
            ["run", "--config", config],
            new Dictionary<string, string> { ["KUBECONFIG"] = world.Kubeconfig },
            Path.Combine(folder, "scheduler.log"));

        var clock = Stopwatch.StartNew();
        await Eventually.TrueAsync(() => world.Kubernetes.Observer.Created >= jobs, deadline.Token);
        await output.WriteLineAsync(Line($"{jobs} Jobs created after {clock.Elapsed.TotalSeconds:F1} s"));
        await Task.Delay(Settling, deadline.Token);
        var (before, begun) = (scheduler.ProcessorTime, Stopwatch.StartNew());
        await Task.Delay(Watched, deadline.Token);
        var share = (scheduler.ProcessorTime - before) / begun.Elapsed;
        await output.WriteLineAsync(Line(
            $"{jobs} jobs in flight, nothing changes: {100 * share:F1} % of one core over {Watched.TotalSeconds:F0} s, {Megabytes(scheduler.ProcessId, "VmRSS:")} MB now, {Megabytes(scheduler.ProcessId, "VmHWM:")} MB at most"));
    }

    private static long Megabytes(int process, string field) =>
        File.ReadLines($"/proc/{process}/status")
            .Where(line => line.StartsWith(field, StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
            .First();

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
