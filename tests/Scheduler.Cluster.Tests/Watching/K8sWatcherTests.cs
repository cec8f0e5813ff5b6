using System.Globalization;
using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Scheduler.Cluster.Metrics;
using Scheduler.Cluster.Tests.Support;
using Scheduler.Cluster.Watching;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;
using Scheduler.Kubernetes.Watching;

namespace Scheduler.Cluster.Tests.Watching;

/// <summary>What the limiter and the job actors hear of Kubernetes.</summary>
public sealed class K8sWatcherTests : VirtualTimeKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    /// <summary>Small, so that a timer that is set anew each time fires as it would.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly ScriptedWatch<JobFact> _jobs = new();
    private readonly ScriptedWatch<PodFact> _pods = new();
    private readonly NodeMetrics _metrics = new();
    private readonly TestProbe _limiter;
    private readonly TestProbe _actors;
    private readonly IActorRef _watcher;

    public K8sWatcherTests()
    {
        (_limiter, _actors) = (CreateTestProbe(), CreateTestProbe());
        var settings = new WatcherSettings { NameOf = job => job == Jobs.Id(1) ? Facts.Running(1).Name : "" };
        _watcher = Sys.ActorOf(K8sWatcher.Props(_jobs, _pods, _limiter, _actors, settings, _metrics));
    }

    [Fact]
    public async Task EveryListBecomesASnapshotOfWhatIsUnfinished()
    {
        _jobs.Say(Facts.Listed(Facts.Running(1), Facts.Succeeded(2)));
        var snapshot = await _limiter.ExpectMsgAsync<Snapshot>(Patience);
        Assert.Equal([Jobs.Id(1)], snapshot.Unfinished.Select(job => job.Job));
        Assert.Equal(new Revision(9), snapshot.Revision);
    }

    [Fact]
    public async Task EveryChangeOfAJobIsToldTheLimiterAsItComes()
    {
        _jobs.Say(Facts.Changed(Facts.Running(1)));
        _jobs.Say(Facts.Deleted(Facts.Running(1, revision: 8)));
        Assert.Equal(new Observed(Jobs.Id(1), KubernetesJobState.Unfinished, new Revision(3), null), await _limiter.ExpectMsgAsync<Observed>(Patience));
        Assert.Equal(new Observed(Jobs.Id(1), KubernetesJobState.Absent, new Revision(8), null), await _limiter.ExpectMsgAsync<Observed>(Patience));
    }

    [Fact]
    public async Task TheSnapshotIsRepeatedSoThatALostMessageIsMadeGood()
    {
        _jobs.Say(Facts.Listed(Facts.Running(1)));
        await _limiter.ExpectMsgAsync<Snapshot>(Patience);
        _jobs.Say(Facts.Changed(Facts.Succeeded(1, revision: 17)));
        await _limiter.ExpectMsgAsync<Observed>(Patience);
        Advance(TimeSpan.FromSeconds(10));
        var repeated = await _limiter.ExpectMsgAsync<Snapshot>(Patience);
        Assert.Empty(repeated.Unfinished);
        Assert.Equal(new Revision(17), repeated.Revision);
    }

    [Fact]
    public async Task AJobsActorIsToldJobAndPodTogetherAtEveryChangeOfEither()
    {
        await ListAsync([], []);
        var (job, pending, failed) = (Facts.Running(1), Facts.Pod(1, PodPhase.Pending), Facts.Pod(1, PodPhase.Failed));
        _jobs.Say(Facts.Changed(job));
        Assert.Equal((job, null), await ToldAsync());
        _pods.Say(Facts.Changed(pending));
        Assert.Equal((job, pending), await ToldAsync());
        _pods.Say(Facts.Changed(failed));
        Assert.Equal((job, failed), await ToldAsync());
        _pods.Say(Facts.Deleted(failed));
        Assert.Equal((job, null), await ToldAsync());
        _jobs.Say(Facts.Deleted(job));
        Assert.Equal((null, null), await ToldAsync());
    }

    [Fact]
    public async Task OfSeveralPodsTheYoungestCounts()
    {
        await ListAsync([Facts.Running(1)], [Facts.Pod(1, PodPhase.Failed, "old", age: 1), Facts.Pod(1, PodPhase.Pending, "new", age: 2)]);
        Assert.Equal("new", (await ToldAsync()).Pod?.Uid);
        _pods.Say(Facts.Deleted(Facts.Pod(1, PodPhase.Pending, "new", age: 2)));
        Assert.Equal("old", (await ToldAsync()).Pod?.Uid);
    }

    [Fact]
    public async Task NothingIsToldBeforeBothAreKnownSinceAGapWouldLookLikeADeletion()
    {
        _pods.Say(Facts.Listed(Facts.Pod(1, PodPhase.Running)));
        await NothingIsToldAsync();
        _jobs.Say(Facts.Listed(Facts.Running(1)));
        Assert.Equal((Facts.Running(1), Facts.Pod(1, PodPhase.Running)), await ToldAsync());
    }

    [Fact]
    public async Task ARefusedWatchOfPodsIsVisibleAndJobsAreFollowedAllTheSame()
    {
        _jobs.Say(Facts.Listed(Facts.Running(1)));
        await _limiter.ExpectMsgAsync<Snapshot>(Patience);
        await EventFilter.Warning(contains: "verbs: [\"list\"]").ExpectOneAsync(Patience, () =>
        {
            _pods.Say(new WatchMessage<PodFact>.Interrupted("pods is forbidden (the Role must allow verbs: [\"list\"])", null, TimeSpan.FromSeconds(1)));
            return Task.CompletedTask;
        });
        Assert.Equal((Facts.Running(1), null), await ToldAsync());
        _jobs.Say(Facts.Changed(Facts.Failed(1)));
        Assert.Equal((Facts.Failed(1), null), await ToldAsync());

        var status = await _watcher.Ask<WatcherStatus>(GetWatcherStatus.Instance, Patience);
        Assert.Contains("forbidden", status.Pods.Trouble, StringComparison.Ordinal);
        Assert.Equal((null, 1), (status.Jobs.Trouble, status.Jobs.Lists));

        _pods.Say(Facts.Listed<PodFact>());
        await AwaitAssertAsync(async () =>
            Assert.Null((await _watcher.Ask<WatcherStatus>(GetWatcherStatus.Instance, Patience)).Pods.Trouble), Patience);
    }

    [Fact]
    public async Task WhatVanishedInAGapOfTheWatchIsToldAsGone()
    {
        await ListAsync([Facts.Running(1)], [Facts.Pod(1, PodPhase.Running)]);
        await ToldAsync();
        _jobs.Say(Facts.Listed<JobFact>());
        Assert.Equal((null, Facts.Pod(1, PodPhase.Running)), await ToldAsync());
        _pods.Say(Facts.Listed<PodFact>());
        Assert.Equal((null, null), await ToldUntilAsync(told => told.Pod is null));
        Advance(2 * Minute);
        await NothingIsToldAsync();
    }

    [Fact]
    public async Task AllIsToldAgainWithinEveryMinuteAndInSmallPortions()
    {
        const int Many = 5000;
        await ListAsync([.. Enumerable.Range(1, Many).Select(number => Facts.Running(number))], []);
        Assert.Equal(Many, (await TakeAllAsync(TimeSpan.FromSeconds(6))).Distinct().Count());

        var again = new List<JobId>();
        for (var second = 0; second < 60; second++)
        {
            var portion = await TakeAllAsync(TimeSpan.FromSeconds(1));
            Assert.InRange(portion.Count, 0, 250);
            again.AddRange(portion);
        }

        Assert.InRange(again.Distinct().Count(), Many - 250, Many);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    public async Task AnEndIsToldAFewTimesAndNoMore(bool success, int often)
    {
        await ListAsync([Facts.Running(1)], [Facts.Pod(1, PodPhase.Running)]);
        await ToldAsync();
        _pods.Say(Facts.Changed(Facts.Pod(1, success ? PodPhase.Succeeded : PodPhase.Failed)));
        await ToldAsync();

        var ended = success ? Facts.Succeeded(1) : Facts.Failed(1);
        _jobs.Say(Facts.Changed(ended));
        Assert.Equal(ended, (await ToldAsync()).Job);
        var repeated = await TakeAllAsync(5 * Minute);
        Assert.Equal(often - 1, repeated.Count);

        _pods.Say(Facts.Deleted(Facts.Pod(1, PodPhase.Failed)));
        _jobs.Say(Facts.Deleted(ended));
        await NothingIsToldAsync();
        Assert.Equal(0, (await _watcher.Ask<WatcherStatus>(GetWatcherStatus.Instance, Patience)).Known);
    }

    [Fact]
    public async Task AJobThatEndedIsToldForAsLongAsItsPodHasNot()
    {
        await ListAsync([Facts.Failed(1)], [Facts.Pod(1, PodPhase.Running)]);
        Assert.InRange((await TakeAllAsync(5 * Minute)).Count, 5, 7);
    }

    [Fact]
    public async Task WhatFailedWhileNobodyWatchedIsToldAfterTheStartButNotForEver()
    {
        await ListAsync([Facts.Failed(1), Facts.Failed(2), Facts.Succeeded(3)], [Facts.Pod(1, PodPhase.Failed)]);
        var told = await TakeAllAsync(5 * Minute);
        Assert.Equal([3, 3, 2], Enumerable.Range(1, 3).Select(number => told.Count(job => job == Jobs.Id(number))));

        _jobs.Say(Facts.Listed(Facts.Failed(1), Facts.Failed(2), Facts.Succeeded(3)));
        _pods.Say(Facts.Listed(Facts.Pod(1, PodPhase.Failed)));
        Assert.Empty(await TakeAllAsync(5 * Minute));
    }

    [Fact]
    public async Task ANewJobInTheNameOfAnEndedOneIsToldAfresh()
    {
        await ListAsync([Facts.Failed(1)], []);
        await TakeAllAsync(5 * Minute);
        var replacement = Facts.Running(1, revision: 30) with { Uid = "another" };
        _jobs.Say(Facts.Changed(replacement));
        Assert.Equal(replacement, (await ToldAsync()).Job);
        _jobs.Say(Facts.Deleted(Facts.Failed(1)));
        Assert.Equal(replacement, (await ToldAsync()).Job);
    }

    [Fact]
    public async Task OfTwoJobsOfOneUuidTheTokenIsHeldUntilBothAreGone()
    {
        await ListAsync([Facts.Running(1)], []);
        var other = Other(revision: 20);
        _jobs.Say(Facts.Changed(other));
        await ObservesAsync(KubernetesJobState.Unfinished);

        _jobs.Say(Facts.Changed(Facts.Succeeded(1, revision: 21)));
        await ObservesAsync(KubernetesJobState.Unfinished);
        _jobs.Say(Facts.Deleted(Facts.Succeeded(1, revision: 22)));
        await ObservesAsync(KubernetesJobState.Unfinished);
        Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Jobs.Id(1), Assert.Single((await _limiter.ExpectMsgAsync<Snapshot>(Patience)).Unfinished).Job);

        _jobs.Say(Facts.Deleted(other with { Revision = new Revision(23) }));
        await ObservesAsync(KubernetesJobState.Absent);
    }

    [Fact]
    public async Task AnotherJobOfTheSameUuidNeitherFreesTheTokenNorTellsTheActorOfItsEnd()
    {
        await ListAsync([Facts.Running(1)], [Facts.Pod(1, PodPhase.Running)]);
        await ToldAsync();

        var failed = Other(revision: 20) with { State = KubernetesJobState.Finished, Failed = 1, Ending = new JobEnding("Failed", null, null) };
        _jobs.Say(Facts.Changed(failed));
        await ObservesAsync(KubernetesJobState.Unfinished);
        Assert.Equal((Facts.Running(1), Facts.Pod(1, PodPhase.Running)), await ToldAsync());

        _jobs.Say(Facts.Deleted(failed with { Revision = new Revision(21) }));
        await ObservesAsync(KubernetesJobState.Unfinished);
        Assert.Equal(Facts.Running(1), (await ToldAsync()).Job);
    }

    [Fact]
    public async Task AListWithTwoJobsOfOneUuidIsHeldUntilNeitherIsListed()
    {
        await ListAsync([Other(revision: 3), Facts.Succeeded(1)], []);
        Assert.Equal(Facts.Succeeded(1), (await ToldAsync()).Job);

        _jobs.Say(Facts.Listed(Other(revision: 3)));
        Assert.Single((await _limiter.FishForMessageAsync<Snapshot>(_ => true, Patience)).Unfinished);
        _jobs.Say(Facts.Listed<JobFact>());
        Assert.Empty((await _limiter.FishForMessageAsync<Snapshot>(_ => true, Patience)).Unfinished);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("uid-of-another-job")]
    public async Task APodThatTheJobDoesNotControlIsIgnoredCountedAndLoggedOnce(string? owner)
    {
        await ListAsync([Facts.Running(1)], [Facts.Pod(1, PodPhase.Running)]);
        await ToldAsync();
        var forged = Facts.Pod(1, PodPhase.Failed, "forged", age: 100) with { Owner = owner };

        await EventFilter.Warning(contains: "pods/buildkite-1-forged is ignored").ExpectOneAsync(Patience, async () =>
        {
            for (var time = 0; time < 3; time++)
            {
                _pods.Say(Facts.Changed(forged));
            }

            await _watcher.Ask<WatcherStatus>(GetWatcherStatus.Instance, Patience);
        });

        _jobs.Say(Facts.Changed(Facts.Running(1, revision: 20)));
        var told = await ToldUntilAsync(told => told.Job?.Revision == new Revision(20));
        Assert.Equal(Facts.Pod(1, PodPhase.Running), told.Pod);
        Assert.Equal(1, await CountedAsync("resource=\"pods\",lacks=\"owner\""));
    }

    [Fact]
    public async Task APodThatLosesItsOwnerIsItsJobsNoMore()
    {
        await ListAsync([Facts.Running(1)], [Facts.Pod(1, PodPhase.Running)]);
        await ToldAsync();

        _pods.Say(Facts.Changed(Facts.Pod(1, PodPhase.Running) with { Owner = null }));

        Assert.Null((await ToldAsync()).Pod);
    }

    /// <summary>Under another prefix, older than the one with our name.</summary>
    private static JobFact Other(long revision) =>
        Facts.Running(1, revision) with { Name = "x-1", Uid = "uid-x", CreatedAt = DateTimeOffset.UnixEpoch };

    private async Task ObservesAsync(KubernetesJobState state) =>
        Assert.Equal((Jobs.Id(1), state), await _limiter.ExpectMsgAsync<Observed>(Patience) is var told ? (told.Job, told.State) : default);

    private async Task<int> CountedAsync(string labels)
    {
        using var text = new MemoryStream();
        await _metrics.Registry.CollectAndExportAsTextAsync(text);
        var line = Encoding.UTF8.GetString(text.ToArray()).Split('\n').Single(line => line.Contains($"ignored_total{{{labels}}}", StringComparison.Ordinal));
        return int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private async Task ListAsync(IReadOnlyList<JobFact> jobs, IReadOnlyList<PodFact> pods)
    {
        _pods.Say(Facts.Listed([.. pods]));
        _jobs.Say(Facts.Listed([.. jobs]));
        await _limiter.ExpectMsgAsync<Snapshot>(Patience);
        await AwaitAssertAsync(
            async () => Assert.Equal(1, (await _watcher.Ask<WatcherStatus>(GetWatcherStatus.Instance, Patience)).Pods.Lists), Patience);
    }

    private async Task<(JobFact? Job, PodFact? Pod)> ToldAsync()
    {
        var seen = await _actors.ExpectMsgAsync<Seen>(Patience);
        return (seen.KubernetesJob, seen.Pod);
    }

    private async Task<(JobFact? Job, PodFact? Pod)> ToldUntilAsync(Func<(JobFact? Job, PodFact? Pod), bool> condition)
    {
        while (true)
        {
            if (await ToldAsync() is var told && condition(told))
            {
                return told;
            }
        }
    }

    private async Task NothingIsToldAsync()
    {
        // Whatever the watches said before has been taken in once this is answered.
        await _watcher.Ask<WatcherStatus>(GetWatcherStatus.Instance, Patience);
        await _actors.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(300));
    }

    /// <summary>The jobs told of while so much time passes.</summary>
    private async Task<List<JobId>> TakeAllAsync(TimeSpan span)
    {
        var told = new List<JobId>();
        for (var moved = TimeSpan.Zero; moved < span; moved += Step)
        {
            Advance(Step);
            await _watcher.Ask<WatcherStatus>(GetWatcherStatus.Instance, Patience);
            while (_actors.HasMessages)
            {
                told.Add((await _actors.ExpectMsgAsync<Seen>(Patience)).Job);
            }
        }

        return told;
    }
}
