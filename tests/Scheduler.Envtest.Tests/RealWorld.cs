using k8s;
using k8s.Models;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Sandbox.Kubelet;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Observing;
using Scheduler.Testing.Processes;

namespace Scheduler.Envtest.Tests;

/// <summary>A real control plane with the sandbox's Buildkite and kubelet, and the scheduler as a process on it.</summary>
public sealed class RealWorld : IAsyncDisposable
{
    public const string Namespace = "default";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly CancellationTokenSource _deadline = new(Patience);

    private RealWorld()
    {
    }

    public ControlPlane Plane { get; private set; } = null!;

    public BuildkiteServer Buildkite { get; private set; } = null!;

    public IKubernetes Client { get; private set; } = null!;

    /// <summary>Has watched since before there was anything to see.</summary>
    public JobJudge Judge { get; private set; } = null!;

    public CancellationToken Deadline => _deadline.Token;

    /// <summary>Buildkite jobs that an agent or the scheduler has finished.</summary>
    public int Ended => Buildkite.Observer.Count(JobState.Finished);

    private Kubelet Kubelet { get; set; } = null!;

    public static async Task<RealWorld> StartAsync()
    {
        var world = new RealWorld();
        world.Plane = await ControlPlane.StartAsync(withJobController: true, world.Deadline);
        world.Buildkite = await BuildkiteServer.StartAsync(new BuildkiteServerOptions(), world.Deadline);
        world.Kubelet = Kubelet.Start(new KubeletOptions
        {
            Cluster = world.Plane.ClientConfiguration(),
            AgentToken = world.Buildkite.Token,
            JobDuration = TimeSpan.FromMilliseconds(500),
        });
        world.Judge = await JobJudge.StartAsync(world.Plane.ClientConfiguration(), Namespace, world.Deadline);
        world.Client = new k8s.Kubernetes(world.Plane.ClientConfiguration());
        await world.Client.CoreV1.CreateNamespacedSecretAsync(
            new V1Secret
            {
                Metadata = new V1ObjectMeta { Name = "buildkite-agent-token" },
                StringData = new Dictionary<string, string> { ["BUILDKITE_AGENT_TOKEN"] = world.Buildkite.Token },
            },
            Namespace,
            cancellationToken: world.Deadline);
        return world;
    }

    /// <param name="configuration">YAML; where Buildkite is, is added to it.</param>
    public SchedulerProcess StartScheduler(string configuration)
    {
        var config = Path.Combine(Plane.Folder, "scheduler.yaml");
        File.WriteAllText(config, $"agent-config: {{endpoint: \"{Buildkite.Endpoint}\"}}\n{configuration}");
        return SchedulerProcess.Start(
            ["run", "--config", config],
            new Dictionary<string, string> { ["KUBECONFIG"] = Plane.Kubeconfig },
            Path.Combine(Plane.Folder, "scheduler.log"));
    }

    /// <param name="what">For the message when it does not come true.</param>
    /// <param name="condition">To come true.</param>
    /// <param name="scheduler">Must not end meanwhile; null where none runs.</param>
    public async Task UntilAsync(string what, Func<bool> condition, SchedulerProcess? scheduler = null)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!condition())
        {
            Assert.False(scheduler?.HasExited ?? false, $"the scheduler ended while waiting until {what}; see {Plane.Folder}");
            Assert.False(Deadline.IsCancellationRequested, $"not in {Patience}: {what}; {Judge.Current}, {Ended} ended; see {Plane.Folder}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Judge.DisposeAsync();
        await Kubelet.DisposeAsync();
        await Buildkite.DisposeAsync();
        await Plane.DisposeAsync();
        _deadline.Dispose();
    }
}
