using k8s;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Sandbox.Buildkite.Faults;
using Scheduler.Sandbox.Kubelet;
using Scheduler.Testing.Waiting;
using Node = Scheduler.Sandbox.Kubelet.Kubelet;

namespace Scheduler.Sandbox.Tests.Kubelet;

public sealed class BuildkiteAgentWorkloadTests
{
    [Fact]
    public async Task APodsAgentRunsItsJob()
    {
        await using var it = await World.StartAsync();
        var id = await it.Buildkite.EnqueueAsync(new NewJob());

        var pod = await it.RunAsync(id);

        var trace = it.Buildkite.Observer.Find(id)!;
        Assert.Equal([JobState.Scheduled, JobState.Accepted, JobState.Running, JobState.Finished], trace.History.Select(step => step.State));
        Assert.Equal((0, "Succeeded"), (trace.Facts.ExitStatus, pod.Status.Phase));
        Assert.Empty(it.Buildkite.Observer.Violations);
        Assert.Empty(it.Buildkite.Observer.Snapshot.Agents);
    }

    [Fact]
    public async Task TheJobsOwnEnvironmentDecidesHowItEnds()
    {
        await using var it = await World.StartAsync();
        var id = await it.Buildkite.EnqueueAsync(new NewJob
        {
            Env = new Dictionary<string, string> { ["SANDBOX_DURATION"] = "1ms", ["SANDBOX_EXIT_STATUS"] = "3" },
        });

        var pod = await it.RunAsync(id);

        Assert.Equal(3, it.Buildkite.Observer.Find(id)!.Facts.ExitStatus);
        Assert.Equal((3, 0), (pod.State("container-0").Terminated.ExitCode, pod.State("agent").Terminated.ExitCode));
    }

    [Theory]
    [InlineData("exit-nonzero", 1, 1, "Error")]
    [InlineData("out-of-memory", -7, 137, "OOMKilled")]
    [InlineData("container-start-timeout", -1, 1, "Error")]
    public async Task ThePodsAnnotationDecidesHowItEnds(string behaviour, int exitStatus, int containerExit, string reason)
    {
        await using var it = await World.StartAsync();
        var id = await it.Buildkite.EnqueueAsync(new NewJob());

        var pod = await it.RunAsync(id, ("behaviour", behaviour), ("duration", "20ms"));

        Assert.Equal(exitStatus, it.Buildkite.Observer.Find(id)!.Facts.ExitStatus);
        var ended = pod.State("container-0").Terminated;
        Assert.Equal(("Failed", containerExit, reason), (pod.Status.Phase, ended.ExitCode, ended.Reason));
    }

    [Fact]
    public async Task AJobThatIsOverMakesTheAgentExitWithTwentySeven()
    {
        await using var it = await World.StartAsync();
        var id = await it.Buildkite.EnqueueAsync(new NewJob());
        await it.Buildkite.CancelAsync(id);

        var pod = await it.RunAsync(id);

        Assert.Equal(("Failed", 27), (pod.Status.Phase, pod.State("agent").Terminated.ExitCode));
    }

    [Fact]
    public async Task AnAgentThatCrashesLeavesItsJobAlone()
    {
        await using var it = await World.StartAsync();
        var id = await it.Buildkite.EnqueueAsync(new NewJob());

        var pod = await it.RunAsync(id, ("behaviour", "agent-crash"));

        Assert.Equal(("Failed", JobState.Scheduled), (pod.Status.Phase, it.Buildkite.Observer.Find(id)!.State));
    }

    [Fact]
    public async Task ACancelledJobIsStoppedByItsAgent()
    {
        await using var it = await World.StartAsync();
        var id = await it.Buildkite.EnqueueAsync(new NewJob());
        await it.Cluster.CreateAsync(Pods.Agent(id, it.Buildkite.Endpoint, ("duration", "1h")));
        await it.UntilAsync(id, JobState.Running);

        await it.Buildkite.CancelAsync(id);

        await it.UntilAsync(id, JobState.Canceled);
        Assert.Equal("cancel", it.Buildkite.Observer.Find(id)!.Facts.SignalReason);
        await it.Cluster.UntilAsync($"buildkite-{id}", Pods.HasEnded);
    }

    [Fact]
    public async Task ADeletedPodsAgentSaysGoodbye()
    {
        await using var it = await World.StartAsync();
        var id = await it.Buildkite.EnqueueAsync(new NewJob());
        await it.Cluster.CreateAsync(Pods.Agent(id, it.Buildkite.Endpoint, ("duration", "1h")));
        await it.UntilAsync(id, JobState.Running);

        await it.Cluster.Client.CoreV1.DeleteNamespacedPodAsync($"buildkite-{id}", it.Cluster.Namespace);

        await it.UntilAsync(id, JobState.Finished);
        Assert.Equal((143, "agent_stop"), (it.Buildkite.Observer.Find(id)!.Facts.ExitStatus, it.Buildkite.Observer.Find(id)!.Facts.SignalReason));
        await it.Cluster.UntilGoneAsync($"buildkite-{id}");
    }

    [Theory]
    [InlineData("evict")]
    [InlineData("node-loss")]
    public async Task AnAgentWhoseNodeFailsFallsSilent(string behaviour)
    {
        await using var it = await World.StartAsync();
        var id = await it.Buildkite.EnqueueAsync(new NewJob());
        await it.Cluster.CreateAsync(Pods.Agent(id, it.Buildkite.Endpoint, ("behaviour", behaviour), ("duration", "2s")));
        await it.UntilAsync(id, JobState.Running);

        await it.Cluster.UntilAsync($"buildkite-{id}", pod => pod.Status.Reason is "Evicted" or "NodeLost");

        Assert.Equal(JobState.Running, it.Buildkite.Observer.Find(id)!.State);
        await it.Buildkite.LoseAgentAsync(id);
        Assert.Equal(-1, it.Buildkite.Observer.Find(id)!.Facts.ExitStatus);
    }

    [Fact]
    public async Task TheAgentTakesItsJobWhileAnotherContainerWaitsForItsImage()
    {
        await using var it = await World.StartAsync(options => options with { ContainerStartTimeout = TimeSpan.FromSeconds(2) });
        var id = await it.Buildkite.EnqueueAsync(new NewJob());
        await it.Cluster.CreateAsync(Pods.Agent(id, it.Buildkite.Endpoint, ("behaviour", "image-pull-failure"), ("container", "container-0")));

        await it.Cluster.UntilAsync($"buildkite-{id}", pod => pod.Waiting("container-0") == "ErrImagePull");
        await it.UntilAsync(id, JobState.Finished);

        Assert.Equal((-1, "process_run_error"), (it.Buildkite.Observer.Find(id)!.Facts.ExitStatus, it.Buildkite.Observer.Find(id)!.Facts.SignalReason));
    }

    [Fact]
    public async Task TheAgentOutlastsTroubleOfBuildkite()
    {
        await using var it = await World.StartAsync();
        it.Buildkite.Faults.Add(new BuildkiteFault { Endpoint = BuildkiteEndpoint.AgentAcquire, Times = 1, Status = 503, RetryAfter = TimeSpan.Zero });
        it.Buildkite.Faults.Add(new BuildkiteFault { Endpoint = BuildkiteEndpoint.AgentFinish, Times = 1, Reset = ConnectionReset.BeforeEffect });
        var id = await it.Buildkite.EnqueueAsync(new NewJob());

        var pod = await it.RunAsync(id);

        Assert.Equal(("Succeeded", 0), (pod.Status.Phase, it.Buildkite.Observer.Find(id)!.Facts.ExitStatus));
    }

    private sealed class World : IAsyncDisposable
    {
        private World(TestCluster cluster, BuildkiteServer buildkite, Node node) => (Cluster, Buildkite, Node) = (cluster, buildkite, node);

        public TestCluster Cluster { get; }

        public BuildkiteServer Buildkite { get; }

        private Node Node { get; }

        public static async Task<World> StartAsync(Func<KubeletOptions, KubeletOptions>? change = null)
        {
            var cluster = await TestCluster.StartAsync();
            var buildkite = await BuildkiteServer.StartAsync(new BuildkiteServerOptions(), CancellationToken.None);
            var options = new KubeletOptions
            {
                Cluster = cluster.Configuration,
                Namespace = cluster.Namespace,
                StartDelay = TimeSpan.FromMilliseconds(10),
                JobDuration = TimeSpan.FromMilliseconds(50),
                JobDurationSpread = TimeSpan.FromMilliseconds(20),
                AgentToken = buildkite.Token,
            };
            return new World(cluster, buildkite, Node.Start(change?.Invoke(options) ?? options));
        }

        /// <summary>Runs a pod for the job until the pod has ended.</summary>
        public async Task<k8s.Models.V1Pod> RunAsync(JobId id, params (string Key, string Value)[] annotations)
        {
            await Cluster.CreateAsync(Pods.Agent(id, Buildkite.Endpoint, annotations));
            return await Cluster.UntilAsync($"buildkite-{id}", Pods.HasEnded);
        }

        public async Task UntilAsync(JobId id, JobState state)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await Eventually.TrueAsync(() => Buildkite.Observer.Find(id)!.State == state, deadline.Token);
        }

        public async ValueTask DisposeAsync()
        {
            await Node.DisposeAsync();
            await Buildkite.DisposeAsync();
            await Cluster.DisposeAsync();
        }
    }
}
