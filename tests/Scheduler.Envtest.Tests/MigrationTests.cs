using k8s;
using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Observing;
using Scheduler.Testing.Original;
using Xunit.Abstractions;

namespace Scheduler.Envtest.Tests;

/// <summary>The first start on a real API server that holds the original's Jobs.</summary>
public sealed class MigrationTests(ITestOutputHelper output)
{
    private const string Id = "ci-cluster-east";
    private const int NewJobs = 12;

    /// <summary>Three of the original's Jobs are unfinished, one has ended.</summary>
    [RealClusterTheory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task JobsOfTheOriginalAreAdoptedAndTheLimitHolds(int limit)
    {
        await using var world = await RealWorld.StartAsync();
        using var original = await OriginalController.StartAsync(world.Buildkite, world.Client, RealWorld.Namespace, Id);
        await TakenAsync(world, original, 1, duration: "100ms");
        await world.UntilAsync("the first has ended", () => world.Judge.Current is { Jobs: 1, Unfinished: 0 });
        var pending = await TakenAsync(world, original, 1, duration: "5m", behaviour: "slow-image");
        var running = await TakenAsync(world, original, 2, duration: "5m");
        await world.UntilAsync("two run", () => world.Buildkite.Observer.Count(JobState.Running) == running.Length);
        await world.UntilAsync("three are unfinished", () => world.Judge.Current.Unfinished == 3);
        await original.StopAsync();

        await using var judge = await JobJudge.StartAsync(world.Plane.ClientConfiguration(), RealWorld.Namespace, world.Deadline);
        var added = await world.Buildkite.EnqueueManyAsync(NewJobs, new NewJob(), world.Deadline);
        bool AllEnded() => added.All(job => world.Buildkite.Observer.Find(job)!.Facts.ExitStatus == 0);
        await using var scheduler = world.StartScheduler($"max-in-flight: {limit}\nid: {Id}\njob-cancel-checker-poll-interval: 1s");
        if (limit > 3)
        {
            await world.UntilAsync("all new jobs have ended", AllEnded, scheduler);
        }

        foreach (var job in (JobId[])[.. pending, .. running])
        {
            await world.Buildkite.CancelAsync(job, world.Deadline);
        }

        // Not left to the deletion of its pod: before Kubernetes 1.26 the Job would get another one.
        await world.Client.BatchV1.DeleteNamespacedJobAsync(
            $"buildkite-{pending[0]}",
            RealWorld.Namespace,
            new V1DeleteOptions { PropagationPolicy = "Background" },
            cancellationToken: world.Deadline);

        await world.UntilAsync("all new jobs have ended", AllEnded, scheduler);
        await world.UntilAsync("no Job is unfinished", () => judge.Current.Unfinished == 0, scheduler);
        Assert.Equal(0, await scheduler.StopAsync(world.Deadline));

        output.WriteLine($"{judge.Current}; see {world.Plane.Folder}");
        Assert.Null(judge.Current.Failure);
        Assert.Equal(limit, judge.Current.PeakOnCreation);
        Assert.Equal((1 + 3 + NewJobs, 0), (judge.Current.Jobs, judge.Current.Duplicated));
        Assert.Equal(0, world.Buildkite.Observer.Duplicates);
        Assert.All(world.Buildkite.Observer.Jobs(), job => Assert.Equal(0, job.Facts.StackFinishes));
        Assert.Empty(world.Buildkite.Observer.Violations);
    }

    private static async Task<JobId[]> TakenAsync(RealWorld world, OriginalController original, int count, string duration, string behaviour = "run")
    {
        JobId[] jobs = [.. await world.Buildkite.EnqueueManyAsync(count, new NewJob(), world.Deadline)];
        await original.ReserveAsync(jobs);
        await original.CreateAsync(
            new Dictionary<string, string> { ["sandbox.scheduler/duration"] = duration, ["sandbox.scheduler/behaviour"] = behaviour }, jobs);
        return jobs;
    }
}
