using System.Net;
using Akka.Actor;
using Akka.TestKit;
using Scheduler.Buildkite;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Tests.Support;
using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;
using Scheduler.Core.Tags;

namespace Scheduler.Cluster.Tests.Fetching;

public sealed class JobFetcherTests : VirtualTimeKit
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeWaitingList _buildkite;
    private readonly TestProbe _limiter;
    private readonly TestProbe _jobs;

    public JobFetcherTests() => (_buildkite, _limiter, _jobs) = (new FakeWaitingList(Time), CreateTestProbe(), CreateTestProbe());

    [Fact]
    public async Task AJobIsReservedOnlyAfterItsTokenAndThenRun()
    {
        _buildkite.Jobs = [Jobs.Waiting(1, priority: 7, "queue=linux")];
        Start();
        var take = await _limiter.ExpectMsgAsync<Take>();
        Assert.Equal((Jobs.Id(1), 7), (take.Job, take.Priority));
        Assert.Empty(_buildkite.Reservations);

        Grant(take.Job);
        var run = await _jobs.ExpectMsgAsync<Run>();
        Assert.Equal((Jobs.Id(1), Jobs.Grant(1), 7), (run.Job, run.Grant, run.Priority));
        Assert.Equal(["queue=linux"], run.AgentQueryRules.ToArray());
        Assert.Equal(TimeSpan.FromSeconds(60), Assert.Single(_buildkite.Reservations).Expiry);
    }

    [Fact]
    public async Task NoMoreAsksAreOutstandingThanAllowedAndTheyAreForTheBest()
    {
        _buildkite.Jobs = [Jobs.Waiting(1), Jobs.Waiting(2), Jobs.Waiting(3, priority: 1)];
        Start(concurrency: 2);
        var asked = new[] { (await _limiter.ExpectMsgAsync<Take>()).Job, (await _limiter.ExpectMsgAsync<Take>()).Job };
        Assert.Equal([Jobs.Id(3), Jobs.Id(1)], asked);
        await _limiter.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task AnUrgentJobIsAskedForAlthoughOlderAsksAreStillOutstanding()
    {
        _buildkite.Jobs = [Jobs.Waiting(1)];
        var fetcher = Start(concurrency: 1);
        await _limiter.ExpectMsgAsync<Take>();
        _buildkite.Jobs = [Jobs.Waiting(1), Jobs.Waiting(2, priority: 9)];
        await PollAgainAsync(fetcher);
        Assert.Equal(Jobs.Id(2), (await _limiter.ExpectMsgAsync<Take>()).Job);
    }

    [Fact]
    public async Task ATokenForAJobThatVanishedIsGivenBack()
    {
        _buildkite.Jobs = [Jobs.Waiting(1)];
        var fetcher = Start();
        await _limiter.ExpectMsgAsync<Take>();
        var asker = _limiter.Sender;
        _buildkite.Jobs = [];
        await PollAgainAsync(fetcher);
        asker.Tell(new Granted(Jobs.Id(1), Jobs.Grant(1), TimeSpan.FromSeconds(10)));
        Assert.Equal(new Return(Jobs.Id(1), Jobs.Grant(1)), await _limiter.ExpectMsgAsync<Return>());
        Assert.Empty(_buildkite.Reservations);
    }

    [Fact]
    public async Task AnAskThatTimesOutLeavesTheJobWaitingAndIsRepeated()
    {
        _buildkite.Jobs = [Jobs.Waiting(1)];
        Start(takeTimeout: TimeSpan.FromMilliseconds(200));
        await _limiter.ExpectMsgAsync<Take>();
        Assert.Equal(Jobs.Id(1), (await _limiter.ExpectMsgAsync<Take>()).Job);
    }

    [Fact]
    public async Task WhatAnotherStackReservedIsForgottenAndItsTokenGivenBack()
    {
        _buildkite.Jobs = [Jobs.Waiting(1)];
        _buildkite.TakenByOthers = [Jobs.Id(1)];
        Start();
        Grant((await _limiter.ExpectMsgAsync<Take>()).Job);
        await _limiter.ExpectMsgAsync<Return>();
        await _jobs.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task AFailedReservationGivesTheTokenBackAndIsTriedAgainLater()
    {
        _buildkite.Jobs = [Jobs.Waiting(1)];
        _buildkite.ReserveFailure = new HttpRequestException("reset");
        Start();
        Grant((await _limiter.ExpectMsgAsync<Take>()).Job);
        await _limiter.ExpectMsgAsync<Return>();

        _buildkite.ReserveFailure = null;
        await AwaitAssertAsync(async () =>
        {
            Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(Jobs.Id(1), (await _limiter.ExpectMsgAsync<Take>(TimeSpan.FromMilliseconds(300))).Job);
        });
    }

    [Fact]
    public async Task APausedQueueStartsNothingAndResumesAtTheNextPoll()
    {
        (_buildkite.Jobs, _buildkite.Paused) = ([Jobs.Waiting(1)], true);
        var fetcher = Start();
        await _limiter.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        _buildkite.Paused = false;
        await PollAgainAsync(fetcher);
        await _limiter.ExpectMsgAsync<Take>();
    }

    [Fact]
    public async Task ATokenThatComesAfterThePauseIsGivenBack()
    {
        _buildkite.Jobs = [Jobs.Waiting(1)];
        var fetcher = Start();
        await _limiter.ExpectMsgAsync<Take>();
        var asker = _limiter.Sender;
        _buildkite.Paused = true;
        await PollAgainAsync(fetcher);
        asker.Tell(new Granted(Jobs.Id(1), Jobs.Grant(1), TimeSpan.FromSeconds(10)));
        await _limiter.ExpectMsgAsync<Return>();
    }

    [Fact]
    public async Task APauseTakesBackTheTokensOfJobsThatAreReservedButMayNotBeCreatedYet()
    {
        _buildkite.Jobs = [Jobs.Waiting(1)];
        var fetcher = Start();
        Grant((await _limiter.ExpectMsgAsync<Take>(Patience)).Job);
        await _jobs.ExpectMsgAsync<Run>(Patience);
        _buildkite.Paused = true;
        await PollAgainAsync(fetcher);
        Assert.Equal(new Return(Jobs.Id(1), Jobs.Grant(1)) { IsClaimed = false }, await _limiter.ExpectMsgAsync<Return>(Patience));

        // Its actor was denied the grant. While we have it reserved, Buildkite does not list it.
        fetcher.Tell(new NotLaunched(Jobs.Id(1), LaunchOutlook.TryAgain));
        _buildkite.Jobs = [];
        await PollAgainAsync(fetcher);
        await _limiter.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));

        _buildkite.Paused = false;
        await PollAgainAsync(fetcher);
        Assert.Equal(Jobs.Id(1), (await _limiter.ExpectMsgAsync<Take>(Patience)).Job);
    }

    [Fact]
    public async Task APauseGivesBackTheTokensOfJobsThatAreNotReservedYet()
    {
        _buildkite.Jobs = [Jobs.Waiting(1), Jobs.Waiting(2)];
        var fetcher = Start();
        var reserving = _buildkite.HoldReservations();
        Grant((await _limiter.ExpectMsgAsync<Take>(Patience)).Job);
        await AwaitAssertAsync(() => Assert.Single(_buildkite.Reservations), Patience);
        Grant((await _limiter.ExpectMsgAsync<Take>(Patience)).Job);
        await AwaitAssertAsync(async () => Assert.Equal(2, (await StatusAsync(fetcher)).Launching), Patience);

        _buildkite.Paused = true;
        await PollAgainAsync(fetcher);
        Assert.Equal(new Return(Jobs.Id(2), Jobs.Grant(1)), await _limiter.ExpectMsgAsync<Return>(Patience));
        Assert.Equal(new Return(Jobs.Id(1), Jobs.Grant(1)), await _limiter.ExpectMsgAsync<Return>(Patience));
        reserving.SetResult();
        Assert.Equal(new Return(Jobs.Id(1), Jobs.Grant(1)), await _limiter.ExpectMsgAsync<Return>(Patience));
        Assert.Single(_buildkite.Reservations);
        await _jobs.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));

        _buildkite.Paused = false;
        await PollAgainAsync(fetcher);
        var again = new[] { (await _limiter.ExpectMsgAsync<Take>(Patience)).Job, (await _limiter.ExpectMsgAsync<Take>(Patience)).Job };
        Assert.Equal([Jobs.Id(1), Jobs.Id(2)], again.Order());
    }

    [Fact]
    public async Task AJobCancelledWhileItWaitsIsNeverAskedForAgain()
    {
        _buildkite.Jobs = [Jobs.Waiting(1), Jobs.Waiting(2)];
        var fetcher = Start(takeTimeout: TimeSpan.FromMilliseconds(200));
        await _limiter.ExpectMsgAsync<Take>(Patience);
        _buildkite.Jobs = [Jobs.Waiting(2)];
        await PollAgainAsync(fetcher);
        await PollAgainAsync(fetcher);

        // Asks made before it vanished may still be under way.
        await AwaitAssertAsync(
            async () => Assert.Equal(1, (await StatusAsync(fetcher)).Waiting), Patience);
        var asked = new List<JobId>();
        while (asked.Count < 12)
        {
            asked.Add((await _limiter.ExpectMsgAsync<Take>(Patience)).Job);
        }

        Assert.All(asked.TakeLast(6), job => Assert.Equal(Jobs.Id(2), job));
    }

    [Fact]
    public async Task AJobCancelledAfterItGotATokenIsNotCreated()
    {
        _buildkite.Jobs = [Jobs.Waiting(1)];
        _buildkite.TakenByOthers = [Jobs.Id(1)];
        Start();
        Grant((await _limiter.ExpectMsgAsync<Take>(Patience)).Job);
        Assert.Equal(new Return(Jobs.Id(1), Jobs.Grant(1)), await _limiter.ExpectMsgAsync<Return>(Patience));
        await _jobs.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task AShortReservationExpiryHoldsForTheFirstReservationToo()
    {
        _buildkite.Jobs = [Jobs.Waiting(1)];
        Start(expiry: TimeSpan.FromSeconds(30));
        Grant((await _limiter.ExpectMsgAsync<Take>(Patience)).Job);
        await _jobs.ExpectMsgAsync<Run>(Patience);
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.Single(_buildkite.Reservations).Expiry);
    }

    [Fact]
    public async Task AListThatAsksToBeLeftAloneIsLeftAlone()
    {
        _buildkite.ListFailure = new StacksApiException(
            StacksEndpoint.ListScheduled, StacksErrorKind.Transient, "503", HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(30));
        Start();
        await AwaitAssertAsync(() => Assert.Equal(1, _buildkite.Lists), Patience);
        await AwaitAssertAsync(
            () =>
            {
                Advance(Poll);
                Assert.Equal(2, _buildkite.Lists);
            },
            Patience,
            TimeSpan.FromMilliseconds(20));
        Assert.InRange(_buildkite.ListTimes.Last() - _buildkite.ListTimes.First(), TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task AListThatStaysRefusedIsTriedEverMoreSlowlyAndWorksAgainAtOnce()
    {
        _buildkite.ListFailure = new StacksApiException(StacksEndpoint.ListScheduled, StacksErrorKind.NotFound, "404", HttpStatusCode.NotFound);
        Start();
        await AwaitAssertAsync(
            () =>
            {
                Advance(Poll);
                Assert.InRange(_buildkite.Lists, 8, 9);
            },
            Patience,
            TimeSpan.FromMilliseconds(20));
        var times = _buildkite.ListTimes.ToArray();
        var pauses = times.Zip(times.Skip(1), (one, next) => next - one).ToArray();
        Assert.All(pauses.Zip([1, 2, 4, 8, 16, 32, 60]), pair => Assert.True(pair.First >= TimeSpan.FromSeconds(pair.Second), $"{pair}"));

        (_buildkite.ListFailure, _buildkite.Jobs) = (null, [Jobs.Waiting(1)]);
        await AwaitAssertAsync(
            () =>
            {
                Advance(Poll);
                Assert.True(_limiter.HasMessages);
            },
            Patience,
            TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task AReservationIsExtendedOnceTheKubernetesJobExists()
    {
        _buildkite.Jobs = [Jobs.Waiting(1)];
        var fetcher = Start();
        Grant((await _limiter.ExpectMsgAsync<Take>()).Job);
        await _jobs.ExpectMsgAsync<Run>();
        fetcher.Tell(new Launched(Jobs.Id(1)));
        await ExtendedAsync(TimeSpan.FromSeconds(900));
    }

    [Fact]
    public async Task AJobListedAlthoughItRunsIsReservedAgainAndNotStarted()
    {
        _buildkite.Jobs = [Jobs.Waiting(1)];
        Start();
        var take = await _limiter.ExpectMsgAsync<Take>();
        _limiter.Reply(new Denied(take.Job, DenialReason.AlreadyRunning));
        await ExtendedAsync(TimeSpan.FromSeconds(900));
        await _jobs.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task AFailedPollIsRepeatedAtTheNextOne()
    {
        _buildkite.ListFailure = new HttpRequestException("503");
        var fetcher = Start();
        _buildkite.ListFailure = null;
        _buildkite.Jobs = [Jobs.Waiting(1)];
        await PollAgainAsync(fetcher);
        await _limiter.ExpectMsgAsync<Take>();
    }

    [Fact]
    public async Task JobsWhoseTagsDoNotFitAreLeftAlone()
    {
        _buildkite.Jobs = [Jobs.Waiting(1, 0, "os=windows")];
        Start();
        await _limiter.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    private void Grant(JobId job) => _limiter.Reply(new Granted(job, Jobs.Grant(1), TimeSpan.FromSeconds(10)));

    private async Task ExtendedAsync(TimeSpan expiry) => await AwaitAssertAsync(
        () =>
        {
            Advance(TimeSpan.FromMilliseconds(250));
            Assert.Contains(_buildkite.Reservations, r => r.Expiry == expiry && r.Jobs.Contains(Jobs.Id(1)));
        },
        Patience,
        TimeSpan.FromMilliseconds(20));

    /// <summary>Moves time to the next poll and waits until it has been taken in.</summary>
    private async Task PollAgainAsync(IActorRef fetcher)
    {
        var before = await LastPollAsync(fetcher);
        await AwaitAssertAsync(async () =>
        {
            Advance(Poll);
            Assert.NotEqual(before, await LastPollAsync(fetcher));
        });
    }

    private async Task<DateTimeOffset?> LastPollAsync(IActorRef fetcher) => Time.GetUtcNow() - (await StatusAsync(fetcher)).SinceLastPoll;

    private static Task<FetcherStatus> StatusAsync(IActorRef fetcher) =>
        fetcher.Ask<FetcherStatus>(GetFetcherStatus.Instance, TimeSpan.FromSeconds(5));

    private IActorRef Start(int concurrency = 25, TimeSpan? takeTimeout = null, TimeSpan? expiry = null) => Sys.ActorOf(JobFetcher.Props(
        new FetcherSettings
        {
            Tags = AgentTags.Parse(["queue=linux"]),
            PollInterval = Poll,
            Concurrency = concurrency,
            TakeTimeout = takeTimeout ?? TimeSpan.FromSeconds(30),
            ReservationExpiry = expiry ?? TimeSpan.FromSeconds(900),
        },
        _buildkite,
        _limiter,
        _jobs,
        Time));
}
