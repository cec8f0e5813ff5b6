using Scheduler.Cluster.Formation;

namespace Scheduler.Cluster.Tests.Formation;

public sealed class OwnPodsTests
{
    private const string Host = "scheduler-0.scheduler.ci.svc";

    private static readonly PodController Set = new("apps/v1", "StatefulSet", "scheduler", "set-uid");
    private static readonly SchedulerPod Self = Of("scheduler-0", Set);

    [Fact]
    public void OfOnePodsStatefulSetTheOthersAreOurs() => Assert.Empty(Strangers(Self, Of("scheduler-1", Set)));

    [Fact]
    public void APodOfAJobOrOfNothingIsAStrangerWhateverItsLabels()
    {
        PodController?[] others =
        [
            null,
            new PodController("batch/v1", "Job", "buildkite-1", "job-uid"),
            new PodController("example.com/v1", "StatefulSet", "scheduler", "set-uid"),
            new PodController("apps/v1", "StatefulSet", "scheduler", "another-uid"),
            new PodController("apps/v1", "ReplicaSet", "scheduler-abc", "replica-uid"),
        ];

        Assert.All(others, other => Assert.Equal(["x"], Strangers(Self, Of("x", other))));
    }

    [Fact]
    public void DuringAnUpdateOfADeploymentBothItsReplicaSetsAreOurs()
    {
        var before = new PodController("apps/v1", "ReplicaSet", "ci-scheduler-6b9", "a");
        var after = new PodController("apps/v1", "ReplicaSet", "ci-scheduler-7c4", "b");
        var neighbour = new PodController("apps/v1", "ReplicaSet", "ci-other-7c4", "c");

        Assert.Equal(["z"], Strangers(Of("scheduler-0", before), Of("y", after), Of("z", neighbour)));
    }

    [Fact]
    public void BeforeOurOwnPodIsListedAnyThatIsMadeToStayMayBeOurs()
    {
        var job = new PodController("batch/v1", "Job", "buildkite-1", "job-uid");

        Assert.Equal(["y", "z"], Strangers(Of("scheduler-1", Set), Of("y", null), Of("z", job)));
    }

    [Fact]
    public async Task AStrangerIsAskedForNothing()
    {
        var (fellow, stranger) = (Of("scheduler-1", Set) with { Ip = "10.0.0.2" }, Of("x", null) with { Ip = "10.0.0.3" });

        var peers = await new PodPeers(new OwnPods(new ScriptedPods([Self, fellow, stranger]), Host), 4053).ListAsync(CancellationToken.None);

        Assert.Equal(["10.0.0.1", "10.0.0.2"], peers.Select(peer => peer.Host));
    }

    private static SchedulerPod Of(string name, PodController? controller) =>
        new(name, $"uid-{name}", "10.0.0.1", ["c"], HasEnded: false, IsLeaving: false) { Controller = controller };

    private static IEnumerable<string> Strangers(params SchedulerPod[] pods) =>
        OwnPods.Mark([.. pods], Host).Where(pod => pod.IsStranger).Select(pod => pod.Name);
}
