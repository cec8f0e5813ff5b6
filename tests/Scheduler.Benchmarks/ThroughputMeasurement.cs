using System.Diagnostics;
using System.Globalization;
using k8s;
using k8s.Models;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Networking;
using Scheduler.Testing.Observing;
using Scheduler.Testing.Waiting;

namespace Scheduler.Benchmarks;

/// <summary>
/// Jobs per second of the scheduler as processes of their own on a real API server, beside the rate at which a bare client
/// creates Jobs of the same size there with the same concurrency. Nothing runs the pods: what is measured is starting.
/// </summary>
internal static class ThroughputMeasurement
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task RunAsync(ThroughputSettings settings, TextWriter output)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await using var plane = await ControlPlane.StartAsync(withJobController: false, deadline.Token);
        await using var line = LongLine.To(plane.Endpoints[0], settings.RoundTrip);
        var kubeconfig = settings.RoundTrip > TimeSpan.Zero ? await plane.WriteKubeconfigAsync(line.NearEnd, deadline.Token) : plane.Kubeconfig;

        var raw = await RawCreates.RunAsync(kubeconfig, settings, deadline.Token);
        await output.WriteLineAsync(Line("raw creates", settings.Jobs, raw));
        var (ours, processor, claims) = await SchedulerRateAsync(plane, kubeconfig, settings, deadline.Token);
        await output.WriteLineAsync(Line($"scheduler, nodes: {settings.Nodes}", settings.Jobs, ours));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"scheduler's own processor time: {processor.TotalMilliseconds / settings.Jobs:F2} ms per Job, {processor / ours:F2} of {Environment.ProcessorCount} cores"));
        foreach (var metric in claims)
        {
            await output.WriteLineAsync(metric);
        }

        await output.WriteLineAsync($"scheduler / raw: {100 * raw.TotalSeconds / ours.TotalSeconds:F0} % at {settings.Concurrency} concurrent creates");
    }

    private static async Task<(TimeSpan Elapsed, TimeSpan Processor, IReadOnlyList<string> Claims)> SchedulerRateAsync(
        ControlPlane plane, string kubeconfig, ThroughputSettings settings, CancellationToken cancellationToken)
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
        await using var network = NodeNetwork.OnLoopback(settings.Nodes);
        await using var schedulers = ThroughputCluster.Start(network, kubeconfig, plane.Folder, buildkite.Endpoint, settings.Concurrency);
        await schedulers.UntilCompleteAsync(cancellationToken);

        // A first batch of the same size warms up: every node compiles its own code, which many nodes on one machine feel most.
        await buildkite.EnqueueManyAsync(settings.Jobs, new NewJob(), cancellationToken);
        var before = judge.Current.Jobs;
        await UntilSeenAsync(judge, before + settings.Jobs, cancellationToken);

        before = judge.Current.Jobs;
        await buildkite.EnqueueManyAsync(settings.Jobs, new NewJob(), cancellationToken);
        await UntilSeenAsync(judge, before + 1, cancellationToken);
        var (clock, processor) = (Stopwatch.StartNew(), schedulers.ProcessorTime);
        await UntilSeenAsync(judge, before + settings.Jobs, cancellationToken);
        return (clock.Elapsed, schedulers.ProcessorTime - processor, settings.Nodes == 1 ? await ClaimsAsync(cancellationToken) : []);
    }

    /// <summary>How long claims have waited for the lease's renewal, warm-up included, as the node's metrics tell it.</summary>
    private static async Task<IReadOnlyList<string>> ClaimsAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var all = await http.GetStringAsync(new Uri($"http://127.0.0.1:{ThroughputCluster.MetricsPort}/metrics"), cancellationToken);
        return [.. all.Split('\n').Where(line =>
            line.StartsWith("scheduler_grants_claim_wait_seconds", StringComparison.Ordinal)
            || line.StartsWith("scheduler_limiter_lease_renewals_total", StringComparison.Ordinal))];
    }

    private static Task UntilSeenAsync(JobJudge judge, int jobs, CancellationToken cancellationToken) => Eventually.TrueAsync(
        () => judge.Current is { Failure: null, Jobs: var seen }
            ? seen >= jobs
            : throw new InvalidOperationException($"the judge failed: {judge.Current.Failure}"),
        TimeSpan.FromMilliseconds(10),
        cancellationToken);

    private static string Line(string what, int jobs, TimeSpan elapsed) =>
        string.Create(CultureInfo.InvariantCulture, $"{what,-20} {jobs} Jobs in {elapsed.TotalSeconds:F2} s = {jobs / elapsed.TotalSeconds:F0}/s");
}
