using Scheduler.Sandbox.Kubelet;
using Scheduler.Sandbox.Kubernetes.Faults;
using Node = Scheduler.Sandbox.Kubelet.Kubelet;

namespace Scheduler.Sandbox.Tests.Kubelet;

/// <summary>A node whose API server fails it. A pod it gave up would stay unfinished for ever.</summary>
public sealed class OutageTests
{
    /// <summary>An API server that is started again needs longer than these take with the waits between them.</summary>
    private const int ManyTimes = 12;

    [Theory]
    [InlineData("create", "pods/binding")]
    [InlineData("patch", "pods/status")]
    public async Task APodRunsAlthoughTheServerWasAwayForLong(string verb, string resource)
    {
        await using var cluster = await TestCluster.StartOwnAsync();
        cluster.Faults.Add(new FaultRule(Fault.Status(503)) { Verb = verb, Resource = resource, Times = ManyTimes });

        await AssertItEndsAsync(cluster);
    }

    [Fact]
    public async Task APodRunsAlthoughTheAnswerToItsBindingWasLost()
    {
        await using var cluster = await TestCluster.StartOwnAsync();
        cluster.Faults.Add(new FaultRule(Fault.Broken(Breakage.ResetAfterCommit)) { Verb = "create", Resource = "pods/binding" });

        await AssertItEndsAsync(cluster);
    }

    private static async Task AssertItEndsAsync(TestCluster cluster)
    {
        var errand = new Errand();
        errand.End(PodOutcome.Success);
        await using var node = Node.Start(
            new KubeletOptions { Cluster = cluster.Configuration, Namespace = cluster.Namespace, Time = new HastyTime() }, errand);
        await cluster.CreateAsync(Pods.Plain("a"));

        Assert.Equal("Succeeded", (await cluster.UntilAsync("a", Pods.HasEnded)).Status.Phase);
    }

    /// <summary>Waiting takes a fraction of the time.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private const int Haste = 50;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / Haste : dueTime, period);
    }
}
