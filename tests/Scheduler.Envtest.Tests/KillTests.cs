using Scheduler.Sandbox.Buildkite;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Processes;
using Xunit.Abstractions;

namespace Scheduler.Envtest.Tests;

/// <summary>The scheduler as a process on a real API server, killed in the middle of its work.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Jobs = 300;
    private const int Limit = 20;

    [RealClusterFact]
    public async Task KilledTwiceTheSchedulerStaysUnderItsLimitAndRunsEveryJobOnce()
    {
        await using var world = await RealWorld.StartAsync();
        await world.Buildkite.EnqueueManyAsync(Jobs, new NewJob(), world.Deadline);
        foreach (var ended in (int[])[Jobs / 4, Jobs / 2, Jobs])
        {
            await using var scheduler = world.StartScheduler($"max-in-flight: {Limit}");
            await world.UntilAsync($"{ended} jobs ended", () => world.Ended >= ended, scheduler);
            if (ended < Jobs)
            {
                await scheduler.KillAsync(world.Deadline);
            }
            else
            {
                await world.UntilAsync("no Job is unfinished", () => world.Judge.Current.Unfinished == 0, scheduler);
                await AssertNoTokenIsLostAsync(world, scheduler);
                Assert.Equal(0, await scheduler.StopAsync(world.Deadline));
            }
        }

        var verdict = world.Judge.Current;
        output.WriteLine($"{verdict}; see {world.Plane.Folder}");
        Assert.Null(verdict.Failure);
        Assert.Equal((Jobs + Limit, 0), (verdict.Jobs, verdict.Duplicated));
        Assert.Equal(Limit, verdict.Peak);
        Assert.Equal(0, world.Buildkite.Observer.Duplicates);
        Assert.Empty(world.Buildkite.Observer.Violations);
        Assert.All(world.Buildkite.Observer.Jobs(), job => Assert.Equal(0, job.Facts.ExitStatus));
    }

    /// <summary>All tokens are free again: as many jobs as the limit allows can run at once.</summary>
    private static async Task AssertNoTokenIsLostAsync(RealWorld world, SchedulerProcess scheduler)
    {
        var more = await world.Buildkite.EnqueueManyAsync(Limit, new NewJob(), world.Deadline);
        await world.UntilAsync($"{more.Count} more jobs ended", () => world.Ended >= Jobs + more.Count, scheduler);
    }
}
