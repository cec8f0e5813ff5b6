using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Scheduler.Cluster.Hosting;
using Scheduler.CommandLine;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Options;
using Scheduler.Logging;
using Scheduler.Running;
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

        var nodes = new List<IHost>();
        try
        {
            nodes.AddRange(await StartNodesAsync(options, world, cancellationToken));
            var report = await PlayAsync(options, world, nodes, output, cancellationToken);
            await PrintAsync(report, options.Json, output);
            return report.IsClean ? ExitCode.Success : ExitCode.Failure;
        }
        finally
        {
            foreach (var node in Enumerable.Reverse(nodes))
            {
                await node.StopAsync(CancellationToken.None);
                node.Dispose();
            }
        }
    }

    private static async Task<IReadOnlyList<IHost>> StartNodesAsync(DemoOptions options, SandboxWorld world, CancellationToken cancellationToken)
    {
        var controller = new ControllerOptions
        {
            MaxInFlight = options.MaxInFlight,
            Namespace = SandboxWorld.Namespace,
            AgentTokenSecret = SandboxWorld.TokenSecret,
            AgentConfig = new AgentConfig { Endpoint = world.Buildkite.Endpoint.ToString() },
            LogLevel = SchedulerLogging.Silent,
        };
        var nodes = new List<IHost>();
        var ports = FreePorts.Take(options.Nodes);
        foreach (var port in ports)
        {
            var address = new NodeAddress { Port = port, Seeds = [$"akka.tcp://{NodeAddress.SystemName}@127.0.0.1:{ports[0]}"] };
            nodes.Add(await ControllerHost.StartAsync(controller, address, world.Kubeconfig, cancellationToken));
        }

        return nodes;
    }

    private static async Task<DemoReport> PlayAsync(
        DemoOptions options, SandboxWorld world, IReadOnlyList<IHost> nodes, TextWriter output, CancellationToken cancellationToken)
    {
        var view = options.Json ? IDemoView.None
            : AnsiConsole.Profile.Capabilities.Interactive ? new LiveDemoView(AnsiConsole.Console)
            : new PlainDemoView(output);
        var clock = Stopwatch.StartNew();
        await world.Buildkite.EnqueueManyAsync(options.Jobs, new NewJob(), cancellationToken);

        var activity = nodes.Select(node => node.Services.GetRequiredService<NodeActivity>()).ToArray();
        await view.FollowAsync(
            () => DemoProgress.Of(options, world, [.. activity.Select(node => node.Created)], clock.Elapsed), cancellationToken);
        return Report(options, world, clock.Elapsed);
    }

    private static DemoReport Report(DemoOptions options, SandboxWorld world, TimeSpan elapsed)
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
            Math.Round(elapsed.TotalSeconds, 2),
            Math.Round(ended.Length / elapsed.TotalSeconds, 1),
            new LatencyPercentiles(latency.P50.TotalMilliseconds, latency.P90.TotalMilliseconds, latency.P99.TotalMilliseconds));
    }

    private static async Task PrintAsync(DemoReport report, bool json, TextWriter output)
    {
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(report, Json));
            return;
        }

        await output.WriteLineAsync(
            $"{report.Succeeded} of {report.Jobs} jobs succeeded, {report.Failed} failed, {report.Lost} lost, {report.Duplicated} run twice");
        await output.WriteLineAsync(
            $"at most {report.PeakInFlight} in flight (limit {report.MaxInFlight}), exceeded {report.LimitExceeded} times");
        await output.WriteLineAsync(
            $"{report.ElapsedSeconds:F1} s, {report.JobsPerSecond:F1} jobs/s, started after {report.LatencyMs.P50:F0} ms (median), {report.LatencyMs.P99:F0} ms (99 %)");
    }
}
