using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Waiting;

namespace Scheduler.Kubernetes.Tests.Jobs;

[Collection(RealApiServerCollection.Name)]
public sealed class RealJobsTests(RealApiServer server) : JobsContract(server), IRealApiServerTests
{
    [RealApiServerFact]
    public async Task AMissingPermissionIsNamedByTheRuleThatGrantsIt()
    {
        using var client = KubernetesConnection.Connect(Server.Configuration());
        client.HttpClient.DefaultRequestHeaders.Add("Impersonate-User", "nobody");
        var jobs = new KubernetesJobs(client, Ns, JobSelector.For(""));

        var refused = Assert.IsType<CreateOutcome.Refused>(await jobs.CreateAsync(TestJob.Of(TestJob.NewId()), TimeSpan.FromSeconds(20), Deadline));
        var unlisted = await Assert.ThrowsAsync<ApiException>(() => jobs.ListAsync(Deadline));

        Assert.Contains("""apiGroups: ["batch"], resources: ["jobs"], verbs: ["create"]""", refused.Message, StringComparison.Ordinal);
        Assert.Contains("""apiGroups: ["batch"], resources: ["jobs"], verbs: ["list"]""", unlisted.Message, StringComparison.Ordinal);
    }

    [RealApiServerFact]
    public async Task ACreateThatMeetsAFrozenStoreIsInDoubtAndAReadThatWaitedBesideItTellsTheTruth()
    {
        for (var round = 0; round < 5; round++)
        {
            await AssertInDoubtAndThenKnownAsync(server.Plane.PauseStoreAsync, server.Plane.ResumeStoreAsync);
        }
    }

    [RealApiServerFact]
    public Task ACreateThatMeetsAFrozenApiServerIsInDoubtAndAReadThatWaitedBesideItTellsTheTruth() =>
        AssertInDoubtAndThenKnownAsync(server.Plane.PauseApiServerAsync, server.Plane.ResumeApiServerAsync);

    private async Task AssertInDoubtAndThenKnownAsync(Func<CancellationToken, Task> pause, Func<CancellationToken, Task> resume)
    {
        var (warmUp, job, later) = (TestJob.NewId(), TestJob.NewId(), TestJob.NewId());
        Assert.IsType<CreateOutcome.Created>(await Jobs().CreateAsync(TestJob.Of(warmUp), TimeSpan.FromSeconds(20), Deadline));
        Task<JobFact?> waiting;
        await pause(Deadline);
        try
        {
            Assert.IsType<CreateOutcome.Ambiguous>(await Jobs().CreateAsync(TestJob.Of(job), TimeSpan.FromSeconds(1), Deadline));
            waiting = Jobs().ReadAsync(TestJob.NameOf(job), Deadline);
        }
        finally
        {
            await resume(Deadline);
        }

        var told = await waiting;
        await UntilCreatedAsync(later);
        Assert.Equal(told?.Uid, (await Jobs().ReadAsync(TestJob.NameOf(job), Deadline))?.Uid);
    }

    private Task UntilCreatedAsync(JobId job) => Eventually.TrueAsync(
        async () => await Jobs().CreateAsync(TestJob.Of(job), TimeSpan.FromSeconds(5), Deadline)
            is CreateOutcome.Created or CreateOutcome.AlreadyExists,
        Deadline);
}
