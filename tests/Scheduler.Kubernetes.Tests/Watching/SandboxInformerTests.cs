using k8s;
using k8s.Models;
using Scheduler.Core.Facts;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Tests.Jobs;
using Scheduler.Kubernetes.Watching;
using Scheduler.Sandbox.Kubernetes.Faults;
using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Watching;

public sealed class SandboxInformerTests(SandboxApiServer server) : InformerContract(server), IClassFixture<SandboxApiServer>
{
    private KubernetesFaults Faults => server.Server.Faults;

    [Fact]
    public async Task ABrokenConnectionIsResumedWithoutAList()
    {
        await using var seen = Follow();
        await seen.NextAsync();
        var (before, after) = (TestJob.NewId(), TestJob.NewId());
        await CreateAsync(TestJob.Of(before));
        Assert.IsType<WatchMessage<JobFact>.Changed>(await seen.NextAsync());

        await Faults.BreakWatchesAsync();
        await CreateAsync(TestJob.Of(after));

        Assert.IsType<WatchMessage<JobFact>.Interrupted>(await seen.NextAsync());
        Assert.Equal(after, Assert.IsType<WatchMessage<JobFact>.Changed>(await seen.NextAsync()).Item.Job);
    }

    [Fact]
    public async Task AnExpiryInTheMiddleOfAWatchLeadsToAListAtOnce()
    {
        await using var seen = Follow();
        await seen.NextAsync();
        var job = TestJob.NewId();
        await CreateAsync(TestJob.Of(job));
        await seen.NextAsync();

        await Faults.ExpireWatchesAsync();

        Assert.Equal(TimeSpan.Zero, Assert.IsType<WatchMessage<JobFact>.Interrupted>(await seen.NextAsync()).NextAttemptIn);
        Assert.Equal(job, Assert.Single(Assert.IsType<WatchMessage<JobFact>.Listed>(await seen.NextAsync()).Items).Job);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AForgottenPositionLeadsToAList(bool refusedByHttp)
    {
        await using var seen = Follow();
        await seen.NextAsync();
        Faults.RefuseExpiredWatches = refusedByHttp;
        using (Faults.Add(new FaultRule(Fault.Status(500)) { Verb = "watch", Times = 1 }))
        {
            await Faults.BreakWatchesAsync();
            await seen.NextAsync();
            await CreateAsync(TestJob.Of(TestJob.NewId()));
            await CreateAsync(TestJob.Of(TestJob.NewId()));
            await Faults.CompactHistoryAsync(Deadline);

            var listed = await seen.NextOfAsync<WatchMessage<JobFact>.Listed>();

            Assert.Equal(2, listed.Items.Count);
        }

        Faults.RefuseExpiredWatches = false;
    }

    [Fact]
    public async Task AListThatFailsIsRepeated()
    {
        using var fault = Faults.Add(new FaultRule(Fault.Status(500)) { Verb = "list", Resource = "jobs", Times = 2 });
        await using var seen = Follow();

        Assert.IsType<WatchMessage<JobFact>.Interrupted>(await seen.NextAsync());
        Assert.IsType<WatchMessage<JobFact>.Interrupted>(await seen.NextAsync());
        Assert.IsType<WatchMessage<JobFact>.Listed>(await seen.NextAsync());
    }

    [Fact]
    public async Task CancellationIsAllThatEndsIt()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Deadline);
        var informer = new Informer<JobFact>(ResourceFeeds.Jobs(Client, Ns, JobSelector.For(""), TimeProvider.System), TimeProvider.System);
        await using var messages = informer.FollowAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        await messages.MoveNextAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await messages.MoveNextAsync())
            {
            }
        });
    }

    [Fact]
    public async Task AnInitContainerThatIsAlwaysRestartedIsASidecar()
    {
        var pod = TestPod.Of(TestJob.NewId());
        pod.Spec.InitContainers.Add(new V1Container { Name = "mirror", Image = "mirror-image", RestartPolicy = "Always" });
        await server.Admin.CoreV1.CreateNamespacedPodAsync(pod, Ns, cancellationToken: Deadline);

        var (pods, _) = await ResourceFeeds.Pods(Client, Ns, JobSelector.For(""), TimeProvider.System).ListAsync(Deadline);

        Assert.Equal([ContainerKind.Init, ContainerKind.Sidecar, ContainerKind.Regular], Assert.Single(pods).Containers.Select(container => container.Kind));
    }
}
