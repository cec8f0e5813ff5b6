using k8s;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Testing.Original;

namespace Scheduler.Tests.EndToEnd;

/// <summary>The first start where the original has been at work: same id, Jobs in its shape, none with a grant.</summary>
public sealed class MigrationTests
{
    private const string Id = "ci-cluster-east";
    private const string Grant = "scheduler.buildkite.com/grant";
    private const int NewJobs = 6;

    private static readonly Dictionary<string, string> Runs = [];
    private static readonly Dictionary<string, string> RunsLong = new() { ["sandbox.scheduler/duration"] = "5m" };
    private static readonly Dictionary<string, string> Pends = new()
    {
        ["sandbox.scheduler/behaviour"] = "slow-image",
        ["sandbox.scheduler/duration"] = "5m",
    };

    private static readonly Dictionary<string, string> CannotPull = new()
    {
        ["sandbox.scheduler/behaviour"] = "image-pull-failure",
        ["sandbox.scheduler/container"] = "copy-agent",
    };

    private static readonly NewJob Long = new() { Env = new Dictionary<string, string> { ["SANDBOX_DURATION"] = "5m" } };

    /// <summary>Four of the original's Jobs are unfinished, so many of ours may run beside them.</summary>
    [Theory]
    [InlineData(2, Id)]
    [InlineData(4, Id)]
    [InlineData(6, Id)]
    [InlineData(5, "")]
    public async Task TheOriginalsUnfinishedJobsCountAndEachEndLetsTheNextStart(int limit, string id)
    {
        JobId[] ended = [], held = [], added = [];
        var configuration = $"max-in-flight: {limit}\nid: \"{id}\"\njob-cancel-checker-poll-interval: 1s";
        await using var world = await EndToEndWorld.StartAsync(configuration, before: async it =>
        {
            using var original = await OriginalController.StartAsync(it.Buildkite, it.Client, EndToEndWorld.Namespace, id);
            ended = await TakenAsync(it, original, 2, Runs);
            await EndToEndWorld.UntilAsync("two have ended", () => it.Kubernetes.Observer is { Created: 2, Unfinished: 0 });
            var running = await TakenAsync(it, original, 2, RunsLong);
            held = [.. await TakenAsync(it, original, 2, Pends), .. running];
            await EndToEndWorld.UntilAsync("two run", () => running.All(job => it.Trace(job).State == JobState.Running));
            await original.StopAsync();
            added = [.. await it.Buildkite.EnqueueManyAsync(NewJobs, Long)];
            it.Kubernetes.Observer.Limit = limit;
        });

        await StartedAsync(world, added, limit - held.Length);
        for (var gone = 1; gone <= held.Length; gone++)
        {
            await world.Buildkite.CancelAsync(held[gone - 1]);
            await StartedAsync(world, added, limit - held.Length + gone);
        }

        var counts = world.Kubernetes.Observer.Current;
        Assert.Equal((0, Math.Max(held.Length, limit)), (counts.LimitExceeded, counts.PeakInFlight));
        Assert.Empty(counts.Duplicates);
        Assert.All([.. ended, .. held], job => Assert.Equal(0, world.Trace(job).Facts.StackFinishes));
        Assert.Empty(world.Buildkite.Observer.Violations);
        Assert.Equal(ended.Concat(held).Select(job => job.ToString()).Order(), await WithoutGrantAsync(world));
    }

    [Fact]
    public async Task APodOfTheOriginalThatCannotStartIsReportedAndTheNextJobRuns()
    {
        JobId[] broken = [];
        var configuration = $"max-in-flight: 1\nid: {Id}\nimage-pull-backoff-grace-period: 1s";
        await using var world = await EndToEndWorld.StartAsync(configuration, before: async it =>
        {
            using var original = await OriginalController.StartAsync(it.Buildkite, it.Client, EndToEndWorld.Namespace, Id);
            broken = await TakenAsync(it, original, 1, CannotPull);
            await original.StopAsync();
        });
        var next = await world.EnqueueAsync();

        var failed = await world.EndedAsync(broken[0]);
        Assert.Equal((JobState.Finished, -1, 1), (failed.State, failed.Facts.ExitStatus, failed.Facts.StackFinishes));
        Assert.Contains("ImagePullBackOff", failed.Facts.Detail, StringComparison.Ordinal);
        Assert.Equal(0, (await world.EndedAsync(next)).Facts.ExitStatus);
    }

    [Fact]
    public async Task WhenAReservationOfTheOriginalEndsAJobWithoutPodRunsAndOneWithAPodIsOnlyReservedAgain()
    {
        JobId[] queued = [], pending = [];
        await using var world = await EndToEndWorld.StartAsync($"max-in-flight: 2\nid: {Id}", before: async it =>
        {
            using var original = await OriginalController.StartAsync(it.Buildkite, it.Client, EndToEndWorld.Namespace, Id);
            pending = await TakenAsync(it, original, 1, Pends);
            queued = [.. await it.Buildkite.EnqueueManyAsync(1, new NewJob())];
            await original.ReserveAsync(queued);
            await original.StopAsync();
        });
        await world.Buildkite.ExpireReservationAsync(queued[0]);
        await world.Buildkite.ExpireReservationAsync(pending[0]);

        Assert.Equal(0, (await world.EndedAsync(queued[0])).Facts.ExitStatus);
        await EndToEndWorld.UntilAsync("the pending job is reserved again", () => world.Trace(pending[0]).Facts.Reservations >= 2);
        Assert.Equal(2, world.Kubernetes.Observer.Created);
        Assert.Empty(world.Kubernetes.Observer.Duplicates);
    }

    /// <summary>What happens if the original is not stopped first: the chart's StatefulSet is there before the Deployment goes.</summary>
    [Fact]
    public async Task AnOriginalThatStillRunsAndThenTakesTheSharedKeyAwayDelaysJobsOnly()
    {
        await using var world = await EndToEndWorld.StartAsync($"max-in-flight: 2\nid: {Id}");
        using var original = await OriginalController.StartAsync(world.Buildkite, world.Client, EndToEndWorld.Namespace, Id);
        JobId[] ours = [await world.EnqueueAsync(pattern: Long)];
        await StartedAsync(world, ours, 1);
        var theirs = await TakenAsync(world, original, 2, RunsLong);
        await EndToEndWorld.UntilAsync("three are unfinished", () => world.Kubernetes.Observer.Unfinished == 3);
        await original.StopAsync();
        JobId[] waiting = [.. await world.Buildkite.EnqueueManyAsync(2, Long)];

        await StartedAsync(world, waiting, 0);
        await world.Buildkite.CancelAsync(ours[0]);
        await StartedAsync(world, waiting, 0);
        foreach (var (job, started) in theirs.Zip([1, 2]))
        {
            await world.Buildkite.CancelAsync(job);
            await StartedAsync(world, waiting, started);
        }

        Assert.Empty(world.Kubernetes.Observer.Duplicates);
    }

    /// <summary>Jobs the original has reserved and made.</summary>
    private static async Task<JobId[]> TakenAsync(
        EndToEndWorld world, OriginalController original, int count, Dictionary<string, string> annotations)
    {
        JobId[] jobs = [.. await world.Buildkite.EnqueueManyAsync(count, new NewJob())];
        await original.ReserveAsync(jobs);
        await original.CreateAsync(annotations, jobs);
        return jobs;
    }

    /// <summary>The jobs whose Kubernetes Jobs bear no grant of ours.</summary>
    private static async Task<IEnumerable<string>> WithoutGrantAsync(EndToEndWorld world)
    {
        var all = await world.Client.BatchV1.ListNamespacedJobAsync(EndToEndWorld.Namespace);
        return all.Items
            .Where(job => !job.Metadata.Annotations.ContainsKey(Grant))
            .Select(job => job.Metadata.Labels["buildkite.com/job-uuid"])
            .Order();
    }

    /// <summary>So many of the jobs run, and several looks at the queue later no more of them do.</summary>
    private static async Task StartedAsync(EndToEndWorld world, JobId[] jobs, int count)
    {
        var expected = Math.Clamp(count, 0, jobs.Length);
        int Running() => jobs.Count(job => world.Trace(job).State == JobState.Running);
        long Polls() => world.Buildkite.Observer.Calls(BuildkiteEndpoint.ListScheduledJobs, 200);
        await EndToEndWorld.UntilAsync($"{expected} jobs run", () => Running() == expected);
        var before = Polls();
        await EndToEndWorld.UntilAsync("three polls have passed", () => Polls() >= before + 3);
        Assert.Equal(expected, Running());
        Assert.Equal(expected, jobs.Count(job => world.Kubernetes.Observer.CreationsOf(job.ToString()) == 1));
    }
}
