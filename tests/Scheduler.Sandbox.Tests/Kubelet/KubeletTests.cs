using k8s;
using k8s.Models;
using Scheduler.Sandbox.Kubelet;
using Node = Scheduler.Sandbox.Kubelet.Kubelet;

namespace Scheduler.Sandbox.Tests.Kubelet;

public sealed class KubeletTests
{
    [Fact]
    public async Task APodRunsAndSucceeds()
    {
        await using var cluster = await TestCluster.StartAsync();
        var errand = new Errand();
        await using var node = Start(cluster, errand);
        await cluster.CreateAsync(Pods.Plain("a"));

        var running = await cluster.UntilAsync("a", pod => pod.Status.Phase == "Running");
        errand.End(PodOutcome.Success);
        var ended = await cluster.UntilAsync("a", Pods.HasEnded);

        Assert.Equal("sandbox-node", running.Spec.NodeName);
        Assert.NotNull(running.Status.StartTime);
        Assert.Equal(0, running.State("copy-agent").Terminated.ExitCode);
        Assert.NotNull(running.State("agent").Running);
        Assert.Equal(("True", "True", "True"), (running.Condition("Initialized"), running.Condition("Ready"), running.Condition("PodScheduled")));
        Assert.Equal(("Succeeded", "False"), (ended.Status.Phase, ended.Condition("Ready")));
        Assert.Equal(("Completed", 0), (ended.State("container-0").Terminated.Reason, ended.State("container-0").Terminated.ExitCode));
        Assert.Equal(1, node.Taken);
    }

    [Fact]
    public async Task AFailingContainerFailsThePod()
    {
        await using var cluster = await TestCluster.StartAsync();
        var errand = new Errand();
        errand.End(PodOutcome.Failed("container-0", 7));
        await using var node = Start(cluster, errand);
        await cluster.CreateAsync(Pods.Plain("a"));

        var ended = await cluster.UntilAsync("a", Pods.HasEnded);

        Assert.Equal("Failed", ended.Status.Phase);
        Assert.Equal((7, "Error"), (ended.State("container-0").Terminated.ExitCode, ended.State("container-0").Terminated.Reason));
        Assert.Equal(0, ended.State("agent").Terminated.ExitCode);
    }

    [Fact]
    public async Task ADeletedPodIsInterruptedAndRemoved()
    {
        await using var cluster = await TestCluster.StartAsync();
        var errand = new Errand();
        await using var node = Start(cluster, errand);
        await cluster.CreateAsync(Pods.Plain("a"));
        await cluster.UntilAsync("a", pod => pod.Status.Phase == "Running");

        await cluster.Client.CoreV1.DeleteNamespacedPodAsync("a", cluster.Namespace);

        await cluster.UntilGoneAsync("a");
        Assert.Equal(0, errand.Running);
        Assert.False(errand.Killed.IsCompleted);
    }

    [Fact]
    public async Task APodDeletedWithoutGraceIsKilled()
    {
        await using var cluster = await TestCluster.StartAsync();
        var errand = new Errand();
        await using var node = Start(cluster, errand);
        await cluster.CreateAsync(Pods.Plain("a"));
        await cluster.UntilAsync("a", pod => pod.Status.Phase == "Running");

        await cluster.Client.CoreV1.DeleteNamespacedPodAsync("a", cluster.Namespace, gracePeriodSeconds: 0);

        await errand.Killed.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("image-pull-failure", "ImagePullBackOff")]
    [InlineData("invalid-image-name", "InvalidImageName")]
    [InlineData("image-never-pull", "ErrImageNeverPull")]
    [InlineData("config-error", "CreateContainerConfigError")]
    public async Task AContainerWhoseImageIsNoGoodWaitsAndThePodStaysPending(string behaviour, string reason)
    {
        await using var cluster = await TestCluster.StartAsync();
        var errand = new Errand();
        await using var node = Start(cluster, errand);
        await cluster.CreateAsync(Pods.Plain("a", ("behaviour", behaviour), ("container", "container-0")));

        var waiting = await cluster.UntilAsync("a", pod => pod.Waiting("container-0") == reason);

        Assert.Equal("Pending", waiting.Status.Phase);
        Assert.NotNull(waiting.State("agent").Running);
        Assert.Equal(1, errand.Running);
        await cluster.Client.CoreV1.DeleteNamespacedPodAsync("a", cluster.Namespace);
        await cluster.UntilGoneAsync("a");
    }

    [Fact]
    public async Task ImagesAreTriedByTheirCheckFirst()
    {
        await using var cluster = await TestCluster.StartAsync();
        var errand = new Errand();
        await using var node = Node.Start(
            Options(cluster) with { ImageExists = image => image != "missing:1", ImageBackOffAfter = TimeSpan.FromSeconds(1) }, errand);
        var natural = Pods.Plain("natural");
        natural.Spec.InitContainers[1].Image = natural.Spec.Containers[0].Image = "missing:1";
        var invalid = Pods.Plain("invalid");
        invalid.Spec.Containers[0].Image = "not an image";
        await cluster.CreateAsync(natural);
        await cluster.CreateAsync(Pods.Plain("planned", ("behaviour", "image-pull-failure")));
        await cluster.CreateAsync(invalid);

        await cluster.UntilAsync("natural", pod => pod.Waiting("imagecheck-0") == "ErrImagePull");
        foreach (var name in new[] { "natural", "planned" })
        {
            var waiting = await cluster.UntilAsync(name, pod => pod.Waiting("imagecheck-0") == "ImagePullBackOff");
            Assert.Equal(("PodInitializing", 0), (waiting.Waiting("agent"), waiting.State("copy-agent").Terminated.ExitCode));
            Assert.Equal("False", waiting.Condition("Initialized"));
        }

        await cluster.UntilAsync("invalid", pod => pod.Waiting("container-0") == "InvalidImageName");
    }

    [Fact]
    public async Task AFailingInitContainerFailsThePod()
    {
        await using var cluster = await TestCluster.StartAsync();
        var errand = new Errand();
        await using var node = Start(cluster, errand);
        await cluster.CreateAsync(Pods.Plain("a", ("behaviour", "init-failure"), ("exit-code", "3"), ("message", "no such file")));

        var ended = await cluster.UntilAsync("a", Pods.HasEnded);

        Assert.Equal("Failed", ended.Status.Phase);
        Assert.Equal((3, "no such file"), (ended.State("imagecheck-0").Terminated.ExitCode, ended.State("imagecheck-0").Terminated.Message));
        Assert.Equal(0, errand.Running);
    }

    [Fact]
    public async Task APodThatFitsNowhereIsUnschedulable()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var node = Start(cluster, new Errand());
        var picky = Pods.Plain("picky");
        picky.Spec.NodeSelector = new Dictionary<string, string> { ["disk"] = "ssd" };
        await cluster.CreateAsync(picky);
        await cluster.CreateAsync(Pods.Plain("planned", ("behaviour", "pending")));

        foreach (var name in new[] { "picky", "planned" })
        {
            var pod = await cluster.UntilAsync(name, pod => pod.Status.Conditions is { Count: > 0 });
            Assert.Equal(("Pending", "False"), (pod.Status.Phase, pod.Condition("PodScheduled")));
            Assert.Null(pod.Status.StartTime);
        }
    }

    [Fact]
    public async Task AnEvictedPodFailsAndALostNodesPodStaysRunning()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var node = Start(cluster, new Errand());
        await cluster.CreateAsync(Pods.Plain("evicted", ("behaviour", "evict"), ("duration", "100ms")));
        await cluster.CreateAsync(Pods.Plain("lost", ("behaviour", "node-loss"), ("duration", "100ms")));

        var evicted = await cluster.UntilAsync("evicted", Pods.HasEnded);
        var lost = await cluster.UntilAsync("lost", pod => pod.Status.Reason == "NodeLost");

        Assert.Equal(("Failed", "Evicted", 137), (evicted.Status.Phase, evicted.Status.Reason, evicted.State("agent").Terminated.ExitCode));
        Assert.Equal(("Running", "False"), (lost.Status.Phase, lost.Condition("Ready")));
    }

    [Fact]
    public async Task PodsBeyondTheNodesRoomWaitForTheirTurn()
    {
        await using var cluster = await TestCluster.StartAsync();
        var errand = new Errand();
        await using var node = Node.Start(Options(cluster) with { MaxPods = 1 }, errand);
        await cluster.CreateAsync(Pods.Plain("a"));
        await cluster.UntilAsync("a", pod => pod.Status.Phase == "Running");
        await cluster.CreateAsync(Pods.Plain("b"));
        await cluster.CreateAsync(Pods.Plain("c"));
        await cluster.Client.CoreV1.DeleteNamespacedPodAsync("c", cluster.Namespace);
        await cluster.UntilGoneAsync("c");

        Assert.Equal("Pending", (await cluster.UntilAsync("b", _ => true)).Status.Phase);
        errand.End(PodOutcome.Success);
        await cluster.UntilAsync("b", Pods.HasEnded);
    }

    [Fact]
    public async Task PodsThatWereThereBeforeTheNodeAreTakenToo()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(Pods.Plain("a"));
        var errand = new Errand();
        errand.End(PodOutcome.Success);

        await using var node = Start(cluster, errand);

        await cluster.UntilAsync("a", Pods.HasEnded);
    }

    [Fact]
    public async Task AnAnnotationThatIsNotUnderstoodHarmsOnlyItsPod()
    {
        await using var cluster = await TestCluster.StartAsync();
        var errand = new Errand();
        errand.End(PodOutcome.Success);
        await using var node = Start(cluster, errand);
        await cluster.CreateAsync(Pods.Plain("bad", ("behaviour", "dance")));
        await cluster.CreateAsync(Pods.Plain("good", ("behaviour", "run"), ("duration", "1.5s")));

        await cluster.UntilAsync("good", Pods.HasEnded);

        Assert.Equal("Pending", (await cluster.UntilAsync("bad", _ => true)).Status.Phase);
    }

    [Fact]
    public async Task ASlowImageIsShownAsBeingCreated()
    {
        await using var cluster = await TestCluster.StartAsync();
        var errand = new Errand();
        errand.End(PodOutcome.Success);
        await using var node = Start(cluster, errand);
        await cluster.CreateAsync(Pods.Plain("a", ("behaviour", "slow-image"), ("duration", "1.5s")));

        var creating = await cluster.UntilAsync("a", pod => pod.Waiting("agent") == "PodInitializing");

        Assert.Equal("Pending", creating.Status.Phase);
        await cluster.UntilAsync("a", Pods.HasEnded);
    }

    [Fact]
    public async Task AForeignContainerMayOutliveTheAgent()
    {
        await using var cluster = await TestCluster.StartAsync();
        var errand = new Errand();
        errand.End(PodOutcome.Success);
        await using var node = Start(cluster, errand);
        var pod = Pods.Plain("a", ("behaviour", "linger"));
        pod.Spec.Containers.Add(new V1Container { Name = "database", Image = "postgres:17" });
        await cluster.CreateAsync(pod);

        var lingering = await cluster.UntilAsync("a", seen => seen.Status.ContainerStatuses is not null && seen.State("agent").Terminated is not null);

        Assert.Equal("Running", lingering.Status.Phase);
        Assert.NotNull(lingering.State("database").Running);
        await cluster.Client.CoreV1.DeleteNamespacedPodAsync("a", cluster.Namespace);
        await cluster.UntilGoneAsync("a");
    }

    [Fact]
    public async Task ANodeGoesOnLearningOfPodsWhenItsWatchEnds()
    {
        await using var cluster = await TestCluster.StartAsync();
        var errand = new Errand();
        errand.End(PodOutcome.Success);
        await using var node = Node.Start(Options(cluster) with { Resync = TimeSpan.FromSeconds(1) }, errand);
        var started = TimeProvider.System.GetTimestamp();

        for (var number = 0; TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(2.5); number++)
        {
            await cluster.CreateAsync(Pods.Plain($"pod-{number}"));
            await cluster.UntilAsync($"pod-{number}", Pods.HasEnded);
        }

        Assert.Equal((await cluster.Client.CoreV1.ListNamespacedPodAsync(cluster.Namespace)).Items.Count, node.Taken);
    }

    [Fact]
    public void ANodeWithoutApiServerIsRefused()
    {
        Assert.Throws<ArgumentException>(() => Node.Start(new KubeletOptions(), new Errand()));
    }

    private static KubeletOptions Options(TestCluster cluster) => new()
    {
        Cluster = cluster.Configuration,
        Namespace = cluster.Namespace,
        StartDelay = TimeSpan.FromMilliseconds(10),
        ImageBackOffAfter = TimeSpan.FromMilliseconds(50),
    };

    private static Node Start(TestCluster cluster, Errand errand) => Node.Start(Options(cluster), errand);
}
