using k8s;
using k8s.Models;
using Scheduler.Core.Jobs;
using Xunit.Abstractions;

namespace Scheduler.Tests.EndToEnd;

/// <summary>With a limit of one job in flight, so that whatever does not free its token stops everything.</summary>
public sealed class FailureTests(FailureTests.World world, ITestOutputHelper output) : IClassFixture<FailureTests.World>
{
    public static TheoryData<string> Cases => new(FailureCase.All.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task TheAuthorIsToldWhyAndTheNextJobStarts(string name)
    {
        var failure = FailureCase.All[name];
        var job = await world.It.EnqueueAsync(failure.Plugin);
        var next = await world.It.EnqueueAsync();

        var failed = await world.It.EndedAsync(job);
        output.WriteLine($"failed {(failed.History[^1].At - failed.EnqueuedAt).TotalSeconds:F1} s after it was enqueued:\n{failed.Facts.Detail}");
        Assert.Equal((JobState.Finished, failure.ExitStatus, 1), (failed.State, failed.Facts.ExitStatus, failed.Facts.StackFinishes));
        Assert.All(failure.Told, told => Assert.Contains(told.Trim(), failed.Facts.Detail, StringComparison.Ordinal));

        var passed = await world.It.EndedAsync(next);
        Assert.Equal((JobState.Finished, 0), (passed.State, passed.Facts.ExitStatus));
        Assert.Empty(world.It.Buildkite.Observer.Violations);
    }

    [Theory]
    [InlineData("exit-nonzero")]
    [InlineData("out-of-memory")]
    public async Task AJobThatItsAgentFailedIsNotFinishedOnceMoreAndTheNextJobStarts(string behaviour)
    {
        var job = await world.It.EnqueueAsync(Behaving(behaviour));
        var next = await world.It.EnqueueAsync();

        var failed = await world.It.EndedAsync(job);
        Assert.Equal((JobState.Finished, 0), (failed.State, failed.Facts.StackFinishes));
        Assert.NotEqual(0, failed.Facts.ExitStatus);
        Assert.Equal(0, (await world.It.EndedAsync(next)).Facts.ExitStatus);
    }

    [Fact]
    public async Task PodKilledBeforeAgentReleasesBKJob()
    {
        var job = await world.It.EnqueueAsync(Behaving("slow-image", "5m"));
        var next = await world.It.EnqueueAsync();
        var pod = await world.It.PodThereAsync(job);
        await world.It.Client.CoreV1.DeleteNamespacedPodAsync(
            pod.Metadata.Name, EndToEndWorld.Namespace, new V1DeleteOptions { GracePeriodSeconds = 0 });

        var failed = await world.It.EndedAsync(job);
        Assert.Equal((JobState.Finished, -1), (failed.State, failed.Facts.ExitStatus));
        Assert.Contains("The Kubernetes pod failed before the buildkite-agent acquired the job", failed.Facts.Detail, StringComparison.Ordinal);
        Assert.Equal(0, (await world.It.EndedAsync(next)).Facts.ExitStatus);
    }

    /// <summary>Buildkite itself gives up on the agent that is silent, later.</summary>
    [Fact]
    public async Task TheAuthorOfAnEvictedPodIsToldAndTheNextJobStarts()
    {
        var job = await world.It.EnqueueAsync(Behaving("evict", "1s"));
        var next = await world.It.EnqueueAsync();

        await EndToEndWorld.UntilAsync("the author is told", () => world.It.Trace(job).Facts.Notifications.Any(line =>
            line.Detail.Contains("Evicted: The node was low on resource", StringComparison.Ordinal)));
        Assert.Equal(0, (await world.It.EndedAsync(next)).Facts.ExitStatus);
        Assert.Equal(0, world.It.Trace(job).Facts.StackFinishes);
    }

    [Fact]
    public async Task JobActiveDeadlineSeconds()
    {
        var job = await world.It.EnqueueAsync(
            """
            {"jobActiveDeadlineSeconds": 2, "metadata": {"annotations": {"sandbox.scheduler/duration": "5m"}},
             "podSpec": {"terminationGracePeriodSeconds": 1, "containers": [{"image": "alpine", "command": ["sleep", "90"]}]}}
            """);
        var next = await world.It.EnqueueAsync();

        var failed = await world.It.EndedAsync(job);
        Assert.Equal(JobState.Finished, failed.State);
        Assert.NotEqual(0, failed.Facts.ExitStatus);
        Assert.Equal(0, (await world.It.EndedAsync(next)).Facts.ExitStatus);
    }

    private static string Behaving(string behaviour, string duration = "0s") =>
        $$$"""
        {"metadata": {"annotations": {"sandbox.scheduler/behaviour": "{{{behaviour}}}", "sandbox.scheduler/duration": "{{{duration}}}"}},
         "podSpec": {"containers": [{"image": "alpine", "command": ["true"]}]}}
        """;

    public sealed class World() : SharedWorld(
        """
        max-in-flight: 1
        image-pull-backoff-grace-period: 2s
        pod-pending-timeout: 10s
        empty-job-grace-period: 5s
        job-cancel-checker-poll-interval: 1s
        """);
}
