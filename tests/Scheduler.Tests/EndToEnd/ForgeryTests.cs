using k8s;
using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite;

namespace Scheduler.Tests.EndToEnd;

/// <summary>
/// Authors who write our labels into their steps, and whoever else may create Jobs and pods in the namespace. One job in flight at a
/// time, and no <c>id</c>, without which a label can hide a Job from our selector.
/// </summary>
public sealed class ForgeryTests(ForgeryTests.World world) : IClassFixture<ForgeryTests.World>
{
    private const string Uuid = "buildkite.com/job-uuid";

    /// <summary>Long enough for the scheduler to start the next job, if it believed that this one is over.</summary>
    private static readonly NewJob ForAWhile = new() { Env = new Dictionary<string, string> { ["SANDBOX_DURATION"] = "4s" } };

    [Fact]
    public async Task AStepThatSetsOurKeysHoldsItsTokenAllTheSame()
    {
        const string Forged = """
            {"buildkite.com/controller-id": "elsewhere", "buildkite.com/job-uuid": "00000000-0000-0000-0000-000000000001",
             "scheduler.buildkite.com/node": "true", "scheduler.buildkite.com/grant": "1-1"}
            """;
        var job = await world.It.EnqueueAsync($$$"""{"metadata": {"labels": {{{Forged}}}, "annotations": {{{Forged}}}}}""", ForAWhile);
        await RunsAsync(job);

        await OneAfterTheOtherAsync(job, await world.It.EnqueueAsync());

        var made = (await world.It.JobAsync(job))!;
        Assert.All([made.Metadata.Labels, made.Spec.Template.Metadata.Labels], labels =>
        {
            Assert.DoesNotContain("buildkite.com/controller-id", labels.Keys);
            Assert.DoesNotContain("scheduler.buildkite.com/node", labels.Keys);
            Assert.Equal(job.ToString(), labels[Uuid]);
        });
        Assert.Contains(
            world.It.Trace(job).Facts.Notifications,
            line => line.Detail.Contains("metadata.labels[\"scheduler.buildkite.com/node\"] has no effect", StringComparison.Ordinal));
    }

    /// <summary>The first is not believed at all; the second counts, and is not the one that holds the token.</summary>
    [Theory]
    [InlineData("forged")]
    [InlineData("x-")]
    public async Task AnotherJobWithAJobsLabelFreesNothingWhenItIsDeleted(string name)
    {
        var job = await world.It.EnqueueAsync(pattern: ForAWhile);
        await RunsAsync(job);
        var next = await world.It.EnqueueAsync();

        var forged = Job(name == "x-" ? $"x-{job}" : name, job);
        await world.It.Client.BatchV1.CreateNamespacedJobAsync(forged, EndToEndWorld.Namespace);
        await world.It.Client.BatchV1.DeleteNamespacedJobAsync(
            forged.Metadata.Name, EndToEndWorld.Namespace, new V1DeleteOptions { PropagationPolicy = "Background" });

        await OneAfterTheOtherAsync(job, next);
    }

    [Fact]
    public async Task AnotherJobThatFailsDoesNotFailTheJobWhoseLabelItHas()
    {
        var job = await world.It.EnqueueAsync(SlowImage);
        await world.It.PodThereAsync(job);

        var forged = Job($"x-{job}", job);
        forged.Spec.Suspend = false;
        forged.Spec.Template.Metadata.Annotations = new Dictionary<string, string> { ["sandbox.scheduler/behaviour"] = "init-failure" };
        await world.It.Client.BatchV1.CreateNamespacedJobAsync(forged, EndToEndWorld.Namespace);
        await EndToEndWorld.UntilAsync("the forged Job has failed", async () => (await world.It.Client.BatchV1.ReadNamespacedJobAsync(
            forged.Metadata.Name, EndToEndWorld.Namespace)).Status?.Failed > 0);

        await SucceedsAsync(job);
    }

    [Fact]
    public async Task APodOfNobodyFailsNoJob()
    {
        var job = await world.It.EnqueueAsync(SlowImage);
        await world.It.PodThereAsync(job);

        const string Name = "forged-pod";
        await world.It.Client.CoreV1.CreateNamespacedPodAsync(
            new V1Pod
            {
                Metadata = new V1ObjectMeta
                {
                    Name = Name,
                    Labels = new Dictionary<string, string> { [Uuid] = job.ToString() },
                    Annotations = new Dictionary<string, string> { ["sandbox.scheduler/behaviour"] = "init-failure" },
                },
                Spec = Spec(),
            },
            EndToEndWorld.Namespace);
        await EndToEndWorld.UntilAsync("the forged pod has failed", async () => (await world.It.Client.CoreV1.ReadNamespacedPodAsync(
            Name, EndToEndWorld.Namespace)).Status?.Phase == "Failed");

        await SucceedsAsync(job);
        Assert.NotNull(await world.It.Client.CoreV1.ReadNamespacedPodAsync(Name, EndToEndWorld.Namespace));
    }

    /// <summary>Pending for longer than a failure needs to be believed and told.</summary>
    private const string SlowImage =
        """
        {"metadata": {"annotations": {"sandbox.scheduler/behaviour": "slow-image", "sandbox.scheduler/duration": "5s"}},
         "podSpec": {"containers": [{"image": "alpine", "command": ["true"]}]}}
        """;

    private async Task SucceedsAsync(JobId job)
    {
        var ended = await world.It.EndedAsync(job);
        Assert.Equal((JobState.Finished, 0, 0), (ended.State, ended.Facts.ExitStatus, ended.Facts.StackFinishes));
    }

    private Task<TimeSpan> RunsAsync(JobId job) => EndToEndWorld.UntilAsync("the job runs", () => world.It.Trace(job).State == JobState.Running);

    private async Task OneAfterTheOtherAsync(JobId job, JobId next)
    {
        await SucceedsAsync(job);
        await SucceedsAsync(next);
        var ended = world.It.Trace(job).History[^1].At;
        var begun = world.It.Trace(next).History.First(step => step.State == JobState.Running).At;
        Assert.True(begun >= ended, $"the next job ran {(ended - begun).TotalSeconds:F1} s before the first had ended");
    }

    private static V1Job Job(string name, JobId label) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Labels = new Dictionary<string, string> { [Uuid] = label.ToString() } },
        Spec = new V1JobSpec
        {
            Suspend = true,
            BackoffLimit = 0,
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { [Uuid] = label.ToString() } },
                Spec = Spec(),
            },
        },
    };

    private static V1PodSpec Spec() => new()
    {
        RestartPolicy = "Never",
        InitContainers = [new V1Container { Name = "setup", Image = "alpine" }],
        Containers = [new V1Container { Name = "agent", Image = "alpine" }],
    };

    public sealed class World() : SharedWorld(
        """
        max-in-flight: 1
        skip-image-check-containers: true
        job-cancel-checker-poll-interval: 1s
        """);
}
