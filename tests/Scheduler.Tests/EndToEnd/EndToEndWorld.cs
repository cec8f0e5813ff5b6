using System.Collections.Immutable;
using System.Diagnostics;
using k8s;
using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Demo;
using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Options;
using Scheduler.Logging;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Sandbox.Buildkite.Model;
using Scheduler.Sandbox.Buildkite.Observation;
using Scheduler.Sandbox.Kubernetes;

namespace Scheduler.Tests.EndToEnd;

/// <summary>
/// The whole scheduler, configured by a text as its users do, between a Buildkite and a Kubernetes of the sandbox. Tests look at
/// these two only, as a user does.
/// </summary>
public sealed class EndToEndWorld : IAsyncDisposable
{
    public const string Namespace = SandboxWorld.Namespace;

    /// <summary>How long one condition may take to come true.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SandboxWorld _world;
    private readonly ImmutableArray<DemoNode> _nodes;

    private EndToEndWorld(SandboxWorld world, ImmutableArray<DemoNode> nodes)
    {
        (_world, _nodes) = (world, nodes);
        Client = KubernetesConnection.Connect(world.Kubeconfig);
    }

    public BuildkiteServer Buildkite => _world.Buildkite;

    public KubernetesServer Kubernetes => _world.Kubernetes;

    public IKubernetes Client { get; }

    /// <param name="configuration">YAML; where the sandbox is, is added to it.</param>
    /// <param name="nodes">More than one form a cluster, in which failure is noticed within seconds.</param>
    /// <param name="before">What has happened in this world when the scheduler starts.</param>
    public static async Task<EndToEndWorld> StartAsync(string configuration, int nodes = 1, Func<EndToEndWorld, Task>? before = null)
    {
        using var deadline = new CancellationTokenSource(2 * Patience);
        var world = await SandboxWorld.StartAsync(new SandboxOptions { JobDuration = TimeSpan.FromMilliseconds(50) }, deadline.Token);
        var options = Options(configuration, world);
        var ports = FreePorts.Take(nodes);
        var seeds = nodes == 1 ? "" : string.Join(',', ports.Select(port => $"127.0.0.1:{port}"));
        var result = new EndToEndWorld(
            world,
            [
                .. ports.Select(port => new DemoNode(
                    options with { ClusterHost = "127.0.0.1", ClusterPort = port, ClusterSeeds = seeds }, world.Kubeconfig, isSeverable: nodes > 1)),
            ]);
        try
        {
            await (before?.Invoke(result) ?? Task.CompletedTask);
            await Task.WhenAll(result._nodes.Select(node => node.StartAsync(deadline.Token)));
            return result;
        }
        catch
        {
            await result.DisposeAsync();
            throw;
        }
    }

    /// <summary>Enqueues a job whose kubernetes plugin has this JSON object as its body.</summary>
    public Task<JobId> EnqueueAsync(string? plugin = null, NewJob? pattern = null) => Buildkite.EnqueueAsync((pattern ?? new NewJob()) with
    {
        PluginsJson = plugin is null ? null : $$"""[{"github.com/buildkite-plugins/kubernetes-buildkite-plugin":{{plugin}}}]""",
    });

    public JobTrace Trace(JobId job) => Buildkite.Observer.Find(job)!;

    /// <summary>Waits until the job has ended, whatever its end.</summary>
    public async Task<JobTrace> EndedAsync(JobId job)
    {
        await UntilAsync("the job has ended", () => JobStates.IsTerminal(Trace(job).State));
        return Trace(job);
    }

    /// <summary>The job's pod that is not being deleted; null if there is none.</summary>
    public async Task<V1Pod?> PodAsync(JobId job)
    {
        var pods = await Client.CoreV1.ListNamespacedPodAsync(Namespace, labelSelector: $"{JobLabel}={job}");
        return pods.Items.FirstOrDefault(pod => pod.Metadata.DeletionTimestamp is null);
    }

    /// <summary>The job's Kubernetes Job; null if there is none.</summary>
    public async Task<V1Job?> JobAsync(JobId job)
    {
        var jobs = await Client.BatchV1.ListNamespacedJobAsync(Namespace, labelSelector: $"{JobLabel}={job}");
        return jobs.Items.FirstOrDefault();
    }

    public async Task<V1Pod> PodThereAsync(JobId job)
    {
        V1Pod? pod = null;
        await UntilAsync("the job has a pod", async () => (pod = await PodAsync(job)) is not null);
        return pod!;
    }

    /// <summary>The node is gone without a word, and no other takes its place.</summary>
    public Task CrashAsync(int node) => _nodes[node].CrashAsync();

    /// <summary>The node leaves in order, and no other takes its place.</summary>
    public Task LeaveAsync(int node) => _nodes[node].StopAsync();

    /// <summary>A node starts where there is none.</summary>
    public Task ReturnAsync(int node) => _nodes[node].StartAsync(CancellationToken.None);

    /// <summary>What the node that runs there is made of; null while none does.</summary>
    public IServiceProvider? Services(int node) => _nodes[node].Services;

    /// <summary>Kubernetes Jobs that the node has created.</summary>
    public long CreatedBy(int node) => _nodes[node].Created;

    public static Task<TimeSpan> UntilAsync(string what, Func<bool> condition) => UntilAsync(what, () => Task.FromResult(condition()));

    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> UntilAsync(string what, Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            Assert.True(clock.Elapsed < Patience, $"after {Patience.TotalSeconds} s still not so: {what}");
            await timer.WaitForNextTickAsync();
        }

        return clock.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.StopAsync()));
        Client.Dispose();
        await _world.DisposeAsync();
    }

    private const string JobLabel = "buildkite.com/job-uuid";

    private static ControllerOptions Options(string configuration, SandboxWorld world)
    {
        var endpoint = $"agent-config: {{endpoint: \"{world.Buildkite.Endpoint}\"}}\n";
        var result = ConfigurationLoader.Merge(
            endpoint + configuration, "test.yaml", ImmutableDictionary<string, string>.Empty, ImmutableDictionary<string, string?>.Empty);
        Assert.Empty(result.Problems);
        return result.Options! with
        {
            LogLevel = SchedulerLogging.Silent,
            ManagementPort = 0,
            LeaseDuration = TimeSpan.FromSeconds(4),
            LeaseRenewInterval = TimeSpan.FromMilliseconds(500),
            LeaseOperationTimeout = TimeSpan.FromSeconds(1),
        };
    }
}
