using System.Diagnostics;
using System.Text.Json;
using Scheduler.CommandLine;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite;
using Spectre.Console;

namespace Scheduler.Demo;

/// <summary>Sandbox, scheduler nodes and a crowd of jobs in one process; judged by the sandbox.</summary>
internal static class DemoRun
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = false };

    public static async Task<int> RunAsync(DemoOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        await using var world = await SandboxWorld.StartAsync(
            new SandboxOptions { JobDuration = options.JobDuration, Seed = options.Seed }, cancellationToken);
        world.Kubernetes.Observer.Limit = options.MaxInFlight;

        await using var cluster = await DemoCluster.StartAsync(options, world, cancellationToken);
        var report = await PlayAsync(options, world, cluster, output, cancellationToken);
        await PrintAsync(report, options.Json, output);
        return report.IsClean ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task<DemoReport> PlayAsync(
        DemoOptions options, SandboxWorld world, DemoCluster cluster, TextWriter output, CancellationToken cancellationToken)
    {
        var view = options.Json ? IDemoView.None
            : AnsiConsole.Profile.Capabilities.Interactive ? new LiveDemoView(AnsiConsole.Console)
            : new PlainDemoView(output);
        var clock = Stopwatch.StartNew();
        await world.Buildkite.EnqueueManyAsync(options.Jobs, new NewJob(), cancellationToken);

        cluster.BeginAccidents();
        await view.FollowAsync(() => DemoProgress.Of(options, world, cluster.Created, clock.Elapsed), cancellationToken);
        return Report(options, world, cluster.Kills, clock.Elapsed);
    }

    private static DemoReport Report(DemoOptions options, SandboxWorld world, int kills, TimeSpan elapsed)
    {
        var (buildkite, kubernetes) = (world.Buildkite.Observer, world.Kubernetes.Observer.Current);
        var ended = buildkite.Jobs().Where(job => job.State == JobState.Finished).ToArray();
        var succeeded = ended.Count(job => job.Facts.ExitStatus == 0);
        var latency = buildkite.TimeTo(JobState.Running);
        return new DemoReport(
            options.Jobs,
            succeeded,
            ended.Length - succeeded,
            options.Jobs - ended.Length,
            buildkite.Duplicates + kubernetes.Duplicates.Count,
            options.MaxInFlight,
            kubernetes.PeakInFlight,
            (int)kubernetes.LimitExceeded,
            kills,
            Math.Round(elapsed.TotalSeconds, 2),
            Math.Round(ended.Length / elapsed.TotalSeconds, 1),
            new LatencyPercentiles(latency.P50.TotalMilliseconds, latency.P90.TotalMilliseconds, latency.P99.TotalMilliseconds));
    }

    private static async Task PrintAsync(DemoReport report, bool json, TextWriter output)
    {
        if (json)
        {
            await output.DocumentAsync(JsonSerializer.Serialize(report, Json));
            return;
        }

        await output.LineAsync(
            $"{report.Succeeded} of {report.Jobs} jobs succeeded, {report.Failed} failed, {report.Lost} lost, {report.Duplicated} run twice");
        await output.LineAsync(
            $"at most {report.PeakInFlight} in flight (limit {report.MaxInFlight}), exceeded {report.LimitExceeded} times"
            + (report.Kills > 0 ? $"; {report.Kills} nodes crashed" : ""));
        await output.LineAsync(
            $"{report.ElapsedSeconds:F1} s, {report.JobsPerSecond:F1} jobs/s, started after {report.LatencyMs.P50:F0} ms (median), {report.LatencyMs.P99:F0} ms (99 %)");
    }
}
