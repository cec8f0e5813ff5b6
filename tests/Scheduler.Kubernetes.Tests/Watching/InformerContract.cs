using k8s;
using k8s.Models;
using Scheduler.Core.Facts;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Naming;
using Scheduler.Kubernetes.Tests.Connection;
using Scheduler.Kubernetes.Tests.Jobs;
using Scheduler.Kubernetes.Watching;
using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Watching;

/// <summary>What an informer promises on any API server.</summary>
public abstract class InformerContract(ApiServer server) : ApiServerTests(server, TimeSpan.FromMinutes(2))
{
    [ContractFact]
    public async Task WhatExistsIsListedAndWhatHappensThenIsSeenInOrder()
    {
        var (early, late) = (TestJob.NewId(), TestJob.NewId());
        await CreateAsync(TestJob.Of(early));
        await using var seen = Follow();

        var listed = Assert.IsType<WatchMessage<JobFact>.Listed>(await seen.NextAsync());
        Assert.Equal(early, Assert.Single(listed.Items).Job);

        await CreateAsync(TestJob.Of(late));
        await FinishAsync(late);
        await Server.Admin.BatchV1.DeleteNamespacedJobAsync(TestJob.NameOf(late), Ns, propagationPolicy: "Background", cancellationToken: Deadline);

        var added = Assert.IsType<WatchMessage<JobFact>.Changed>(await seen.NextAsync());
        var finished = Assert.IsType<WatchMessage<JobFact>.Changed>(await seen.NextAsync());
        var deleted = Assert.IsType<WatchMessage<JobFact>.Deleted>(await seen.NextAsync());
        Assert.Equal((late, KubernetesJobState.Unfinished), (added.Item.Job, added.Item.State));
        Assert.Equal((late, KubernetesJobState.Finished), (finished.Item.Job, finished.Item.State));
        Assert.Equal(late, deleted.Item.Job);
        Assert.True(listed.Revision < added.Revision && added.Revision < finished.Revision && finished.Revision < deleted.Revision);
    }

    [ContractFact]
    public async Task AnObjectThatIsNoLongerOursCountsAsDeleted()
    {
        var job = TestJob.NewId();
        await CreateAsync(TestJob.Of(job));
        await using var seen = Follow();
        await seen.NextAsync();

        await Server.Admin.BatchV1.PatchNamespacedJobAsync(
            new V1Patch($$"""{"metadata":{"labels":{"{{JobLabels.ControllerId}}":"somebody"} } }""", V1Patch.PatchType.MergePatch),
            TestJob.NameOf(job),
            Ns,
            cancellationToken: Deadline);

        Assert.Equal(job, Assert.IsType<WatchMessage<JobFact>.Deleted>(await seen.NextAsync()).Item.Job);
    }

    [ContractFact]
    public async Task AWatchThatEndsByItselfIsResumedWithoutAListAndWithoutAGap()
    {
        await using var seen = Follow(new InformerSettings { WatchTimeout = TimeSpan.FromSeconds(1) });
        await seen.NextAsync();
        for (var i = 0; i < 8; i++)
        {
            var job = TestJob.NewId();
            await CreateAsync(TestJob.Of(job));

            Assert.Equal(job, Assert.IsType<WatchMessage<JobFact>.Changed>(await seen.NextAsync()).Item.Job);
            await Task.Delay(TimeSpan.FromMilliseconds(400), Deadline);
        }
    }

    [ContractFact]
    public async Task APodIsSeenWithTheStatesOfItsContainers()
    {
        var job = TestJob.NewId();
        await using var seen = FeedReader.Of(new Informer<PodFact>(ResourceFeeds.Pods(Client, Ns, JobSelector.For(""), TimeProvider.System), TimeProvider.System), Deadline);
        await seen.NextAsync();
        await Server.Admin.CoreV1.CreateNamespacedPodAsync(TestPod.Of(job), Ns, cancellationToken: Deadline);
        await Server.Admin.CoreV1.PatchNamespacedPodStatusAsync(
            new V1Patch(TestPod.StatusPatch, V1Patch.PatchType.MergePatch), TestPod.Name, Ns, cancellationToken: Deadline);

        var fresh = Assert.IsType<WatchMessage<PodFact>.Changed>(await seen.NextAsync()).Item;
        var pod = Assert.IsType<WatchMessage<PodFact>.Changed>(await seen.NextAsync()).Item;

        Assert.Equal((job, PodPhase.Pending, 2), (fresh.Job, fresh.Phase, fresh.Containers.Length));
        Assert.All(fresh.Containers, container => Assert.Equal((null, null, null), (container.Waiting, container.RunningSince, container.Terminated)));
        Assert.Equal((job, PodPhase.Pending, null, TimeSpan.FromSeconds(30)), (pod.Job, pod.Phase, pod.Owner, pod.TerminationGrace));
        Assert.Equal(DateTimeOffset.Parse("2026-01-01T00:00:00Z", null), pod.StartedAt);
        Assert.Equal(
            [
                new ContainerFact(
                    ContainerKind.Init, "setup", "setup-image", null, null,
                    new ContainerTerminated(3, 9, "Error", "broken", DateTimeOffset.Parse("2026-01-01T00:00:02Z", null))),
                new ContainerFact(ContainerKind.Regular, "main", "main-image", new ContainerWaiting("ImagePullBackOff", "no such image"), null, null),
            ],
            pod.Containers.AsEnumerable());
        Assert.Equal([new PodCondition("PodScheduled", "True", null, null)], pod.Conditions.Where(condition => condition.Type == "PodScheduled"));
    }

    private protected FeedReader<JobFact> Follow(InformerSettings? settings = null) =>
        FeedReader.Of(new Informer<JobFact>(ResourceFeeds.Jobs(Client, Ns, JobSelector.For(""), TimeProvider.System), TimeProvider.System, settings), Deadline);

    protected Task CreateAsync(V1Job job) => Server.Admin.BatchV1.CreateNamespacedJobAsync(job, Ns, cancellationToken: Deadline);

    private Task<V1Job> FinishAsync(Core.Identity.JobId job) => Server.Admin.BatchV1.PatchNamespacedJobStatusAsync(
        new V1Patch(
            """
            {"status":{"succeeded":1,"startTime":"2026-01-01T00:00:00Z","completionTime":"2026-01-01T00:01:00Z",
             "conditions":[{"type":"SuccessCriteriaMet","status":"True"},{"type":"Complete","status":"True"}]}}
            """,
            V1Patch.PatchType.MergePatch),
        TestJob.NameOf(job),
        Ns,
        cancellationToken: Deadline);
}
