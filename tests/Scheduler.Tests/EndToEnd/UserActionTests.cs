using System.Diagnostics;
using k8s;
using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite;
using Xunit.Abstractions;

namespace Scheduler.Tests.EndToEnd;

/// <summary>What people do to queues, builds and Kubernetes while jobs are on their way; one job in flight at a time.</summary>
public sealed class UserActionTests(UserActionTests.World world, ITestOutputHelper output) : IClassFixture<UserActionTests.World>
{
    private const string SlowImage =
        """
        {"metadata": {"annotations": {"sandbox.scheduler/behaviour": "slow-image", "sandbox.scheduler/duration": "5m"}},
         "podSpec": {"containers": [{"image": "alpine", "command": ["true"]}]}}
        """;

    [Fact]
    public async Task MaxInFlightLimited()
    {
        world.It.Kubernetes.Observer.Limit = 1;
        var jobs = new List<Core.Identity.JobId>();
        for (var i = 0; i < 4; i++)
        {
            jobs.Add(await world.It.EnqueueAsync());
        }

        foreach (var job in jobs)
        {
            Assert.Equal(0, (await world.It.EndedAsync(job)).Facts.ExitStatus);
        }

        Assert.Equal((1, 0), (world.It.Kubernetes.Observer.Current.PeakInFlight, world.It.Kubernetes.Observer.Current.LimitExceeded));
    }

    [Fact]
    public async Task CancelCheckerDeletePod()
    {
        var job = await world.It.EnqueueAsync(SlowImage);
        var next = await world.It.EnqueueAsync();
        await world.It.PodThereAsync(job);
        var asked = world.It.Buildkite.Observer.Calls(BuildkiteEndpoint.GetJobStates);
        await world.It.Buildkite.CancelAsync(job);

        var took = await EndToEndWorld.UntilAsync("the cancelled job's pod is gone", async () => await world.It.PodAsync(job) is null);
        output.WriteLine($"pod gone {took.TotalSeconds:F2} s after the cancellation (checker asks every second; asked {world.It.Buildkite.Observer.Calls(BuildkiteEndpoint.GetJobStates) - asked} times)");
        Assert.Equal((JobState.Canceled, 0), (world.It.Trace(job).State, world.It.Trace(job).Facts.StackFinishes));
        Assert.Equal(0, (await world.It.EndedAsync(next)).Facts.ExitStatus);
    }

    [Fact]
    public async Task AJobCancelledWhileItWaitsIsNeverCreated()
    {
        var holder = await world.It.EnqueueAsync(SlowImage);
        await world.It.PodThereAsync(holder);
        var waiting = await world.It.EnqueueAsync();
        await PollsAsync(2);
        await world.It.Buildkite.CancelAsync(waiting);
        await world.It.Buildkite.CancelAsync(holder);

        var last = await world.It.EnqueueAsync();
        Assert.Equal(0, (await world.It.EndedAsync(last)).Facts.ExitStatus);
        await PollsAsync(2);
        Assert.DoesNotContain(waiting.ToString(), world.It.Kubernetes.Observer.Current.CreationsByJobUuid.Keys);
        Assert.Equal((JobState.Canceled, 0), (world.It.Trace(waiting).State, world.It.Trace(waiting).Facts.StackFinishes));
    }

    [Fact]
    public async Task AJobDeletedByHandIsReported()
    {
        var job = await world.It.EnqueueAsync(SlowImage);
        var next = await world.It.EnqueueAsync();
        await world.It.PodThereAsync(job);
        var kubernetesJob = (await world.It.JobAsync(job))!;
        var deleted = TimeProvider.System.GetUtcNow();
        await world.It.Client.BatchV1.DeleteNamespacedJobAsync(
            kubernetesJob.Metadata.Name, EndToEndWorld.Namespace, new V1DeleteOptions { PropagationPolicy = "Background" });

        var failed = await world.It.EndedAsync(job);
        output.WriteLine($"reported {(failed.History[^1].At - deleted).TotalSeconds:F2} s after the deletion: {failed.Facts.Detail}");
        Assert.Equal((JobState.Finished, -1), (failed.State, failed.Facts.ExitStatus));
        Assert.Contains("was deleted before the buildkite-agent acquired the job", failed.Facts.Detail, StringComparison.Ordinal);
        Assert.Equal(0, (await world.It.EndedAsync(next)).Facts.ExitStatus);
    }

    [Fact]
    public async Task APauseStopsNewStartsWithinOnePollAndResumingResumesThem()
    {
        await world.It.Buildkite.PauseQueueAsync("default");
        await PollsAsync(2);
        var job = await world.It.EnqueueAsync();
        await PollsAsync(3);
        Assert.Null(await world.It.JobAsync(job));
        Assert.Equal(JobState.Scheduled, world.It.Trace(job).State);

        await world.It.Buildkite.ResumeQueueAsync("default");
        var resumed = TimeProvider.System.GetUtcNow();
        var passed = await world.It.EndedAsync(job);
        output.WriteLine($"running {(passed.History.First(step => step.State == JobState.Running).At - resumed).TotalSeconds:F2} s after the queue was resumed");
        Assert.Equal(0, passed.Facts.ExitStatus);
        Assert.Empty(world.It.Buildkite.Observer.Violations);
    }

    [Fact]
    public async Task APauseInTheMiddleOfABacklogStopsItAtTheNextPoll()
    {
        var observer = world.It.Kubernetes.Observer;
        var before = observer.Created;
        var jobs = new List<JobId>();
        for (var i = 0; i < 40; i++)
        {
            jobs.Add(await world.It.EnqueueAsync());
        }

        await EndToEndWorld.UntilAsync("the backlog is being worked off", () => observer.Created >= before + 2);
        var clock = Stopwatch.StartNew();
        await world.It.Buildkite.PauseQueueAsync("default");
        var polls = PollsAsync(3);
        var (created, last) = (observer.Created, TimeSpan.Zero);
        while (!polls.IsCompleted)
        {
            await Task.WhenAny(polls, Task.Delay(5));
            if (observer.Created is var now && now != created)
            {
                (created, last) = (now, clock.Elapsed);
            }
        }

        await polls;
        output.WriteLine($"{created - before} of {jobs.Count} Jobs created, the last {last.TotalSeconds:F2} s after the pause; three polls took {clock.Elapsed.TotalSeconds:F2} s");
        Assert.True(created < before + jobs.Count, "all jobs were started before the pause could be seen");
        Assert.True(last < clock.Elapsed * 2 / 3, $"a Job was created {last} after the pause, later than two polls");
        await world.It.Buildkite.ResumeQueueAsync("default");
        foreach (var job in jobs)
        {
            Assert.Equal(0, (await world.It.EndedAsync(job)).Facts.ExitStatus);
        }
    }

    [Fact]
    public async Task APauseHoldsJobsThatWaitForATokenAlready()
    {
        var holder = await world.It.EnqueueAsync(SlowImage);
        await world.It.PodThereAsync(holder);
        var waiting = await world.It.EnqueueAsync();
        await PollsAsync(2);
        await world.It.Buildkite.PauseQueueAsync("default");
        await PollsAsync(2);
        await world.It.Buildkite.CancelAsync(holder);
        await EndToEndWorld.UntilAsync("the token is free", () => world.It.Kubernetes.Observer.Unfinished == 0);
        await PollsAsync(3);
        Assert.Null(await world.It.JobAsync(waiting));

        await world.It.Buildkite.ResumeQueueAsync("default");
        Assert.Equal(0, (await world.It.EndedAsync(waiting)).Facts.ExitStatus);
        Assert.Empty(world.It.Buildkite.Observer.Violations);
    }

    /// <summary>Lets so many looks at the queue go by.</summary>
    private async Task PollsAsync(int count)
    {
        long Polls() => world.It.Buildkite.Observer.Calls(BuildkiteEndpoint.ListScheduledJobs, 200);
        var before = Polls();
        await EndToEndWorld.UntilAsync($"{count} polls have passed", () => Polls() >= before + count);
    }

    public sealed class World() : SharedWorld(
        """
        max-in-flight: 1
        poll-interval: 1s
        job-cancel-checker-poll-interval: 1s
        """);
}
