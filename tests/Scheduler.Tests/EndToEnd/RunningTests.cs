using k8s;
using k8s.Models;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite;

namespace Scheduler.Tests.EndToEnd;

/// <summary>Jobs that get as far as an agent: without a limit, in the default queue, without image checks.</summary>
public sealed class RunningTests(RunningTests.World world) : IClassFixture<RunningTests.World>
{
    [Fact]
    public async Task MaxInFlightUnlimited()
    {
        var pattern = new NewJob { Env = new Dictionary<string, string> { ["SANDBOX_DURATION"] = "5m" } };
        var jobs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.It.EnqueueAsync(pattern: Matching(pattern))));
        await EndToEndWorld.UntilAsync("all four run", () => jobs.All(job => world.It.Trace(job).State == JobState.Running));
        foreach (var job in jobs)
        {
            await world.It.Buildkite.CancelAsync(job);
        }
    }

    [Theory]
    [InlineData("7 DefaultQueue", "pseudoQueue=here")]
    [InlineData("8 ExplicitDefaultQueue", "queue=default", "pseudoQueue=here")]
    [InlineData("14 ControllerPicksUpJobsWithSubsetOfAgentTags", "foo=bar", "pseudoQueue=here")]
    public async Task AJobWhoseRulesTheTagsMeetRuns(string name, params string[] rules)
    {
        Assert.NotEmpty(name);
        var job = await world.It.EnqueueAsync(pattern: new NewJob { Rules = rules });
        Assert.Equal(0, (await world.It.EndedAsync(job)).Facts.ExitStatus);
    }

    [Fact]
    public async Task PodTemplate()
    {
        await world.It.Client.CoreV1.CreateNamespacedPodTemplateAsync(
            new V1PodTemplate
            {
                Metadata = new V1ObjectMeta { Name = "mountain-template" },
                Template = new V1PodTemplateSpec
                {
                    Spec = new V1PodSpec
                    {
                        Containers = [new V1Container { Name = "container-0", Image = "alpine", Env = [new V1EnvVar { Name = "MOUNTAIN", Value = "kunanyi" }] }],
                    },
                },
            },
            EndToEndWorld.Namespace);
        var job = await world.It.EnqueueAsync("""{"podTemplate": "mountain-template"}""", Matching(new NewJob { Command = "echo $MOUNTAIN is a mountain" }));

        Assert.Equal(0, (await world.It.EndedAsync(job)).Facts.ExitStatus);
        var spec = (await world.It.JobAsync(job))!.Spec.Template.Spec;
        Assert.Contains(spec.Containers, container => container.Env?.Any(one => one is { Name: "MOUNTAIN", Value: "kunanyi" }) == true);
    }

    [Fact]
    public async Task ImagePullBackOffRunningSurfacesNotification()
    {
        var job = await world.It.EnqueueAsync(
            """
            {"metadata": {"annotations": {"sandbox.scheduler/behaviour": "image-pull-failure", "sandbox.scheduler/container": "container-0"}},
             "podSpec": {"containers": [{"image": "buildkite/non-existant-image:latest", "command": ["true"]}]}}
            """,
            Matching(new NewJob()));
        await EndToEndWorld.UntilAsync("the author is told", () => world.It.Trace(job).Facts.Notifications.Any(line =>
            line.Detail.Contains("container-0", StringComparison.Ordinal)
            && (line.Detail.Contains("ErrImagePull", StringComparison.Ordinal) || line.Detail.Contains("ImagePullBackOff", StringComparison.Ordinal))));

        // Its agent has it, so the rest is left to the agent.
        Assert.Equal((JobState.Running, 0), (world.It.Trace(job).State, world.It.Trace(job).Facts.StackFinishes));
        await world.It.Buildkite.CancelAsync(job);
    }

    [Fact]
    public async Task ContainerStartTimeout()
    {
        var job = await world.It.EnqueueAsync(
            """
            {"metadata": {"annotations": {"sandbox.scheduler/behaviour": "container-start-timeout", "sandbox.scheduler/duration": "1s"}},
             "podSpec": {"containers": [{"image": "alpine", "command": ["true"]}]},
             "podSpecPatch": {"containers": [{"name": "agent", "env": [{"name": "BUILDKITE_CONTAINER_COUNT", "value": "999"}]}]}}
            """,
            Matching(new NewJob()));
        var failed = await world.It.EndedAsync(job);
        Assert.Equal((JobState.Finished, -1, 0), (failed.State, failed.Facts.ExitStatus, failed.Facts.StackFinishes));
        var agent = (await world.It.JobAsync(job))!.Spec.Template.Spec.Containers.Single(container => container.Name == "agent");
        Assert.Equal("999", agent.Env.Single(one => one.Name == "BUILDKITE_CONTAINER_COUNT").Value);
    }

    [Fact]
    public async Task CompletionsWatcherCleansUpSidecars()
    {
        var job = await world.It.EnqueueAsync(
            """
            {"metadata": {"annotations": {"sandbox.scheduler/behaviour": "linger"}},
             "podSpec": {"terminationGracePeriodSeconds": 1, "containers": [{"image": "alpine", "command": ["true"]}]},
             "podSpecPatch": {"containers": [{"name": "unmanaged", "image": "nginx"}]}}
            """,
            Matching(new NewJob()));
        Assert.Equal(0, (await world.It.EndedAsync(job)).Facts.ExitStatus);
        await EndToEndWorld.UntilAsync(
            "the Kubernetes Job has ended",
            async () => (await world.It.JobAsync(job))?.Status?.Conditions?.Any(one => one is { Type: "Complete" or "Failed", Status: "True" }) == true);
        Assert.Equal(0, world.It.Trace(job).Facts.StackFinishes);
    }

    private static NewJob Matching(NewJob job) => job with { Rules = ["pseudoQueue=here"] };

    public sealed class World() : SharedWorld(
        """
        max-in-flight: 0
        tags: ["pseudoQueue=here", "foo=bar"]
        skip-image-check-containers: true
        image-pull-backoff-grace-period: 1s
        default-termination-grace-period-seconds: 2
        job-cancel-checker-poll-interval: 1s
        """);
}
