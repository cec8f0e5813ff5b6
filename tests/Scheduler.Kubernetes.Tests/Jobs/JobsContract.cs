using System.Collections.Concurrent;
using k8s;
using k8s.Models;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Tests.Connection;
using Scheduler.Kubernetes.Watching;
using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Jobs;

/// <summary>What <see cref="KubernetesJobs"/> promises on any API server.</summary>
public abstract class JobsContract(ApiServer server) : ApiServerTests(server, TimeSpan.FromMinutes(3))
{
    private static readonly TimeSpan CreateTimeout = TimeSpan.FromSeconds(20);

    [ContractFact]
    public async Task ACreatedJobIsReadBackWithItsRevisionAndGrant()
    {
        var job = TestJob.NewId();

        var created = Assert.IsType<CreateOutcome.Created>(await Jobs().CreateAsync(TestJob.Of(job), CreateTimeout, Deadline));

        var fact = await Jobs().ReadAsync(TestJob.NameOf(job), Deadline);
        Assert.NotNull(fact);
        Assert.Equal(
            (job, created.Uid, created.Revision, KubernetesJobState.Unfinished, new GrantId(new Epoch(3), 14)),
            (fact.Job, fact.Uid, fact.Revision, fact.State, fact.Grant));
        Assert.Equal((TimeSpan.FromHours(1), false, null), (fact.Deadline, fact.HasPod, fact.Ending));
        Assert.NotNull(fact.CreatedAt);
    }

    [ContractFact]
    public async Task ASecondJobOfTheSameNameAlreadyExists()
    {
        var job = TestJob.NewId();
        await Jobs().CreateAsync(TestJob.Of(job), CreateTimeout, Deadline);

        Assert.IsType<CreateOutcome.AlreadyExists>(await Jobs().CreateAsync(TestJob.Of(job), CreateTimeout, Deadline));
    }

    [ContractFact]
    public async Task AnInvalidJobIsRejectedInTheServersWords()
    {
        var invalid = TestJob.Of(TestJob.NewId());
        invalid.Spec.Template.Spec.RestartPolicy = "Always";

        var rejected = Assert.IsType<CreateOutcome.Rejected>(await Jobs().CreateAsync(invalid, CreateTimeout, Deadline));

        Assert.Contains("restartPolicy", rejected.Message, StringComparison.Ordinal);
    }

    /// <summary>Why a job-prefix has at most 27 characters: a job's UUID has 36, and a longer name is refused for every job.</summary>
    [ContractFact]
    public async Task ANameOfMoreThan63CharactersIsRejected()
    {
        var (longest, tooLong) = (TestJob.Of(TestJob.NewId()), TestJob.Of(TestJob.NewId()));
        longest.Metadata.Name = new string('a', 27) + Guid.NewGuid();
        tooLong.Metadata.Name = new string('a', 28) + Guid.NewGuid();

        Assert.IsType<CreateOutcome.Created>(await Jobs().CreateAsync(longest, CreateTimeout, Deadline));
        Assert.IsType<CreateOutcome.Rejected>(await Jobs().CreateAsync(tooLong, CreateTimeout, Deadline));
    }

    [ContractFact]
    public async Task AJobForAMissingNamespaceIsRefused()
    {
        var elsewhere = new KubernetesJobs(Client, "no-such-namespace", JobSelector.For(""));

        var refused = Assert.IsType<CreateOutcome.Refused>(await elsewhere.CreateAsync(TestJob.Of(TestJob.NewId()), CreateTimeout, Deadline));

        Assert.Contains("no-such-namespace", refused.Message, StringComparison.Ordinal);
    }

    [ContractFact]
    public async Task AJobThatDoesNotExistIsReadAsNothing()
    {
        Assert.Null(await Jobs().ReadAsync("no-such-job", Deadline));
        Assert.False(await Jobs().DeleteAsync("no-such-job", "no-such-uid", Deadline));
    }

    [ContractFact]
    public async Task DeletingMeansTheVeryJobOfThatUid()
    {
        var job = TestJob.NewId();
        var created = Assert.IsType<CreateOutcome.Created>(await Jobs().CreateAsync(TestJob.Of(job), CreateTimeout, Deadline));

        Assert.False(await Jobs().DeleteAsync(TestJob.NameOf(job), Guid.NewGuid().ToString(), Deadline));
        Assert.NotNull(await Jobs().ReadAsync(TestJob.NameOf(job), Deadline));

        Assert.True(await Jobs().DeleteAsync(TestJob.NameOf(job), created.Uid, Deadline));
        Assert.Null(await Jobs().ReadAsync(TestJob.NameOf(job), Deadline));
    }

    [ContractFact]
    public async Task AListLongerThanAPageIsComplete()
    {
        var ids = Enumerable.Range(0, 520).Select(_ => TestJob.NewId()).ToHashSet();
        await Parallel.ForEachAsync(ids, Deadline, async (id, _) =>
            Assert.IsType<CreateOutcome.Created>(await Jobs().CreateAsync(TestJob.Of(id), CreateTimeout, Deadline)));

        var (all, revision) = await Jobs().ListAsync(Deadline);

        Assert.Equal(ids, all.Select(fact => fact.Job).ToHashSet());
        Assert.True(revision >= all.Max(fact => fact.Revision));
    }

    [ContractFact]
    public async Task OnlyTheJobsOfTheControllerAskedForAreListed()
    {
        var (ours, anonymous, others) = (TestJob.NewId(), TestJob.NewId(), TestJob.NewId());
        await Jobs().CreateAsync(TestJob.Of(ours, "mine"), CreateTimeout, Deadline);
        await Jobs().CreateAsync(TestJob.Of(others, "theirs"), CreateTimeout, Deadline);
        await Jobs().CreateAsync(TestJob.Of(anonymous), CreateTimeout, Deadline);

        Assert.Equal([ours], await ListedAsync(JobSelector.For("mine")));
        Assert.Equal([anonymous], await ListedAsync(JobSelector.For("")));
    }

    [ContractFact]
    public async Task AJobWhoseLabelIsNoUuidIsReportedAndLeftOut()
    {
        var told = new ConcurrentQueue<Stranger>();
        await Server.Admin.BatchV1.CreateNamespacedJobAsync(TestJob.Named("strange", "not-a-uuid"), Ns, cancellationToken: Deadline);

        var (all, _) = await new KubernetesJobs(Client, Ns, JobSelector.For(""), strangers: new Strangers(told.Enqueue)).ListAsync(Deadline);

        Assert.Empty(all);
        Assert.Contains("not-a-uuid", Assert.Single(told).Message, StringComparison.Ordinal);
    }

    [ContractFact]
    public async Task AJobWithTheLabelOfAnotherIsReportedOnceAndCountsForNobody()
    {
        var (told, job) = (new ConcurrentQueue<Stranger>(), TestJob.NewId());
        await Server.Admin.BatchV1.CreateNamespacedJobAsync(TestJob.Named("forged", job.ToString()), Ns, cancellationToken: Deadline);
        var jobs = new KubernetesJobs(Client, Ns, JobSelector.For(""), strangers: new Strangers(told.Enqueue));

        for (var look = 0; look < 3; look++)
        {
            Assert.Empty((await jobs.ListAsync(Deadline)).Jobs);
        }

        Assert.Null(await jobs.ReadAsync("forged", Deadline));
        Assert.Equal((StrangerReason.Name, "forged"), (Assert.Single(told).Reason, told.First().Name));
    }

    [ContractFact]
    public async Task AJobUnderAnotherPrefixCounts()
    {
        var job = TestJob.NewId();
        await Server.Admin.BatchV1.CreateNamespacedJobAsync(TestJob.Named($"former.{job}", job.ToString()), Ns, cancellationToken: Deadline);

        Assert.Equal([job], await ListedAsync(JobSelector.For("")));
    }

    [ContractFact]
    public async Task OnlyACompleteOrFailedConditionThatIsTrueFinishesAJob()
    {
        var (running, complete, failed) = (TestJob.NewId(), TestJob.NewId(), TestJob.NewId());
        foreach (var job in (JobId[])[running, complete, failed])
        {
            await Jobs().CreateAsync(TestJob.Of(job), CreateTimeout, Deadline);
        }

        await SetStatusAsync(running, """{"active":1,"conditions":[{"type":"Suspended","status":"False","reason":"JobResumed"}]}""");
        await SetStatusAsync(complete, """
            {"succeeded":1,"startTime":"2026-01-01T00:00:00Z","completionTime":"2026-01-01T00:01:00Z",
             "conditions":[{"type":"SuccessCriteriaMet","status":"True"},{"type":"Complete","status":"True"}]}
            """);
        await SetStatusAsync(failed, """
            {"failed":1,"startTime":"2026-01-01T00:00:00Z",
             "conditions":[{"type":"FailureTarget","status":"True","reason":"BackoffLimitExceeded"},
                           {"type":"Failed","status":"True","reason":"BackoffLimitExceeded","message":"no more tries"}]}
            """);

        var (all, _) = await Jobs().ListAsync(Deadline);
        var facts = all.ToDictionary(fact => fact.Job);
        Assert.Equal((KubernetesJobState.Unfinished, true, 1, null), (facts[running].State, facts[running].HasPod, facts[running].Active, facts[running].Ending));
        Assert.Equal((KubernetesJobState.Finished, 1), (facts[complete].State, facts[complete].Succeeded));
        Assert.Equal(DateTimeOffset.Parse("2026-01-01T00:00:00Z", null), facts[complete].StartedAt);
        Assert.Equal((KubernetesJobState.Finished, 1), (facts[failed].State, facts[failed].Failed));
        Assert.Equal(new JobEnding("Failed", "BackoffLimitExceeded", "no more tries"), facts[failed].Ending);
    }

    protected KubernetesJobs Jobs() => new(Client, Ns, JobSelector.For(""));

    private async Task<IEnumerable<JobId>> ListedAsync(string selector)
    {
        var (all, _) = await new KubernetesJobs(Client, Ns, selector).ListAsync(Deadline);
        return all.Select(fact => fact.Job);
    }

    private Task<V1Job> SetStatusAsync(JobId job, string status) => Server.Admin.BatchV1.PatchNamespacedJobStatusAsync(
        new V1Patch($$"""{"status":{{status}}}""", V1Patch.PatchType.MergePatch), TestJob.NameOf(job), Ns, cancellationToken: Deadline);
}
