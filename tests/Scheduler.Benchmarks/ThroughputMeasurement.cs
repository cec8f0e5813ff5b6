using System.Diagnostics;
using System.Globalization;
using k8s;
using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pods;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Networking;
using Scheduler.Testing.Observing;
using Scheduler.Testing.Processes;

namespace Scheduler.Benchmarks;

/// <summary>
/// Jobs per second of the scheduler as a process of its own on a real API server, beside the rate at which a bare client
/// creates Jobs of the same size there with the same concurrency. Nothing runs the pods: what is measured is starting.
/// </summary>
internal static class ThroughputMeasurement
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <param name="jobs">Started and timed, after as many that warm up.</param>
    /// <param name="concurrency">Creates at once of the raw client, and the <c>job-creation-concurrency</c> of each node.</param>
    /// <param name="nodes">Scheduler processes on this machine.</param>
    /// <param name="output">Where the figures go.</param>
    public static async Task RunAsync(int jobs, int concurrency, int nodes, TextWriter output)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await using var plane = await ControlPlane.StartAsync(withJobController: false, deadline.Token);
        var raw = await RawRateAsync(plane, jobs, concurrency, deadline.Token);
        await output.WriteLineAsync(Line("raw creates", jobs, raw));
        var (ours, processor) = await SchedulerRateAsync(plane, jobs, concurrency, nodes, deadline.Token);
        await output.WriteLineAsync(Line($"scheduler, nodes: {nodes}", jobs, ours));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"scheduler's own processor time: {processor.TotalMilliseconds / jobs:F2} ms per Job, {processor / ours:F2} of {Environment.ProcessorCount} cores"));
        await output.WriteLineAsync($"scheduler / raw: {100 * raw.TotalSeconds / ours.TotalSeconds:F0} % at {concurrency} concurrent creates");
    }

    private static async Task<TimeSpan> RawRateAsync(ControlPlane plane, int count, int concurrency, CancellationToken cancellationToken)
    {
        var builder = new JobBuilder(new ControllerOptions { JobPrefix = "raw-", Id = "raw" });
        var jobs = new KubernetesJobs(KubernetesConnection.Connect(plane.Kubeconfig), "default", JobSelector.For("raw"));

        // The first creates pay for connections and compilation; they do not count.
        await CreateAsync(jobs, builder, 100, concurrency, cancellationToken);
        var clock = Stopwatch.StartNew();
        await CreateAsync(jobs, builder, count, concurrency, cancellationToken);
        return clock.Elapsed;
    }

    private static Task CreateAsync(KubernetesJobs jobs, JobBuilder builder, int count, int concurrency, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken },
            async (_, ct) =>
            {
                var outcome = await jobs.CreateAsync(Build(builder), TimeSpan.FromSeconds(10), ct);
                if (outcome is not CreateOutcome.Created)
                {
                    throw new InvalidOperationException($"a raw create failed: {outcome}");
                }
            });

    private static V1Job Build(JobBuilder builder)
    {
        var job = new BuildkiteJob(new JobId(Guid.NewGuid()), "true", new Dictionary<string, string>());
        return builder.Build(new BuildInput(job, 0, [])) is BuildResult.Built built
            ? built.Job
            : throw new InvalidOperationException("the typical job cannot be built");
    }

    private static async Task<(TimeSpan Elapsed, TimeSpan Processor)> SchedulerRateAsync(
        ControlPlane plane, int count, int concurrency, int nodes, CancellationToken cancellationToken)
    {
        await using var buildkite = await BuildkiteServer.StartAsync(new BuildkiteServerOptions(), cancellationToken);
        using var client = new k8s.Kubernetes(plane.ClientConfiguration());
        await client.CoreV1.CreateNamespacedSecretAsync(
            new V1Secret
            {
                Metadata = new V1ObjectMeta { Name = "buildkite-agent-token" },
                StringData = new Dictionary<string, string> { ["BUILDKITE_AGENT_TOKEN"] = buildkite.Token },
            },
            "default",
            cancellationToken: cancellationToken);
        await using var judge = await JobJudge.StartAsync(plane.ClientConfiguration(), "default", cancellationToken);
        await using var network = NodeNetwork.OnLoopback(nodes);
        await using var schedulers = await StartAsync(network, plane, buildkite, concurrency, cancellationToken);

        // A first batch of the same size warms up: every node compiles its own code, which many nodes on one machine feel most.
        await buildkite.EnqueueManyAsync(count, new NewJob(), cancellationToken);
        var before = judge.Current.Jobs;
        await UntilAsync(() => JobsSeenBy(judge) >= before + count, cancellationToken);

        before = judge.Current.Jobs;
        var clock = Stopwatch.StartNew();
        await buildkite.EnqueueManyAsync(count, new NewJob(), cancellationToken);
        await UntilAsync(() => JobsSeenBy(judge) > before, cancellationToken);
        clock.Restart();
        var processor = schedulers.ProcessorTime;
        await UntilAsync(() => JobsSeenBy(judge) >= before + count, cancellationToken);
        return (clock.Elapsed, schedulers.ProcessorTime - processor);
    }

    private static async Task<Processes> StartAsync(
        NodeNetwork network, ControlPlane plane, BuildkiteServer buildkite, int concurrency, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "run",
            "--max-in-flight=0",
            string.Create(CultureInfo.InvariantCulture, $"--job-creation-concurrency={concurrency}"),
            "--config",
            await ConfigAsync(plane, buildkite, network, cancellationToken),
        ];
        var processes = new Processes([.. Enumerable.Range(0, network.Nodes).Select(node => SchedulerProcess.Start(
            [.. arguments, .. network.Flags(node)],
            new Dictionary<string, string> { ["KUBECONFIG"] = plane.Kubeconfig },
            Path.Combine(plane.Folder, $"scheduler-{node}.log")))]);
        using var membership = new Membership();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var node = 0; node < network.Nodes; node++)
        {
            while (!await membership.IsCompleteAsync(network.Management(node), network.Nodes, cancellationToken))
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }

        return processes;
    }

    private static async Task<string> ConfigAsync(
        ControlPlane plane, BuildkiteServer buildkite, NodeNetwork network, CancellationToken cancellationToken)
    {
        var path = Path.Combine(plane.Folder, "scheduler.yaml");
        await File.WriteAllTextAsync(
            path,
            $$"""
            {{(network.Nodes > 1 ? $"cluster-seeds: {network.Seeds}" : "")}}
            agent-config: {endpoint: "{{buildkite.Endpoint}}"}
            """,
            cancellationToken);
        return path;
    }

    private static int JobsSeenBy(JobJudge judge) =>
        judge.Current is { Failure: null, Jobs: var jobs } ? jobs : throw new InvalidOperationException($"the judge failed: {judge.Current.Failure}");

    private static async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static string Line(string what, int jobs, TimeSpan elapsed) =>
        string.Create(CultureInfo.InvariantCulture, $"{what,-20} {jobs} Jobs in {elapsed.TotalSeconds:F2} s = {jobs / elapsed.TotalSeconds:F0}/s");

    /// <summary>The nodes, as one.</summary>
    private sealed class Processes(SchedulerProcess[] nodes) : IAsyncDisposable
    {
        public TimeSpan ProcessorTime => nodes.Aggregate(TimeSpan.Zero, (sum, node) => sum + node.ProcessorTime);

        public async ValueTask DisposeAsync()
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }
}
