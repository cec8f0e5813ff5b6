using System.Diagnostics;
using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pods;

namespace Scheduler.Benchmarks;

/// <summary>A bare client that creates Jobs of the scheduler's size: what the API server can do.</summary>
internal static class RawCreates
{
    private const int WarmUp = 100;

    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> RunAsync(string kubeconfig, ThroughputSettings settings, CancellationToken cancellationToken)
    {
        using var client = KubernetesConnection.Connect(kubeconfig);
        var jobs = new KubernetesJobs(client, "default", JobSelector.For("raw"));
        var builder = new JobBuilder(new ControllerOptions { JobPrefix = "raw-", Id = "raw" });

        // The first creates pay for connections and compilation; they do not count.
        await CreateAsync(jobs, builder, WarmUp, settings.Concurrency, cancellationToken);
        var clock = Stopwatch.StartNew();
        await CreateAsync(jobs, builder, settings.Jobs, settings.Concurrency, cancellationToken);
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
}
