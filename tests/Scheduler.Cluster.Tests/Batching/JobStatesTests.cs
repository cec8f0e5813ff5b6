using Akka.Actor;
using Scheduler.Cluster.Batching;
using Scheduler.Cluster.Tests.Support;
using Scheduler.Core.Jobs;

namespace Scheduler.Cluster.Tests.Batching;

public sealed class JobStatesTests : VirtualTimeKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    private readonly FakeStack _stack;
    private readonly IActorRef _states;

    public JobStatesTests()
    {
        _stack = new FakeStack { Clock = Time };
        _states = Sys.ActorOf(JobStates.Props(_stack, new JobStatesSettings(), Time));
    }

    [Fact]
    public async Task AWatchedJobsStateIsToldAtEveryRound()
    {
        _stack.States[Jobs.Id(1)] = JobState.Reserved;
        _states.Tell(new WatchState(Jobs.Id(1)), TestActor);
        await RoundAsync();
        Assert.Equal(new StateIs(Jobs.Id(1), JobState.Reserved), await ExpectMsgAsync<StateIs>(Patience));
        _stack.States[Jobs.Id(1)] = JobState.Canceled;
        await RoundAsync();
        Assert.Equal(new StateIs(Jobs.Id(1), JobState.Canceled), await ExpectMsgAsync<StateIs>(Patience));
    }

    [Fact]
    public async Task AJobThatBuildkiteDoesNotKnowIsUnknown()
    {
        _states.Tell(new AskState(Jobs.Id(1)), TestActor);
        await SoonAsync();
        Assert.Equal(new StateIs(Jobs.Id(1), JobState.Unknown), await ExpectMsgAsync<StateIs>(Patience));
    }

    [Fact]
    public async Task QuestionsAreGatheredAndAnsweredSoon()
    {
        for (var number = 1; number <= 40; number++)
        {
            _stack.States[Jobs.Id(number)] = JobState.Running;
            _states.Tell(new AskState(Jobs.Id(number)), TestActor);
            _states.Tell(new AskState(Jobs.Id(number)), TestActor);
        }

        await SoonAsync();
        for (var number = 1; number <= 40; number++)
        {
            Assert.Equal(JobState.Running, (await ExpectMsgAsync<StateIs>(Patience)).State);
        }

        Assert.Single(_stack.StateCalls);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task ARoundOfManyJobsGoesOutInCallsOfAThousandWithPausesBetweenThem()
    {
        var watchers = Enumerable.Range(0, 3).Select(_ => CreateTestProbe()).ToArray();
        for (var number = 1; number <= 2500; number++)
        {
            _states.Tell(new WatchState(Jobs.Id(number)), watchers[number % 3]);
        }

        await RoundAsync();
        await UntilAsync(() => _stack.StateCalls.Count == 3);
        Assert.Equal([1000, 1000, 500], _stack.StateCalls.Select(call => call.Count));
        Assert.Equal(2500, _stack.StateCalls.SelectMany(call => call).Distinct().Count());
    }

    [Fact]
    public async Task HoweverMuchIsAskedCallsKeepTheirDistance()
    {
        for (var number = 1; number <= 5000; number++)
        {
            _states.Tell(new AskState(Jobs.Id(number)), TestActor);
        }

        await UntilAsync(() => _stack.StateCalls.Count == 5);
        Assert.Equal(5, _stack.StateCallTimes.Distinct().Count());
    }

    [Fact]
    public async Task AFailedCallIsToldThoseWhoAskedAndWatchersHearOfTheNextRound()
    {
        _stack.States[Jobs.Id(1)] = JobState.Reserved;
        _stack.Failure = new HttpRequestException("503");
        var asker = CreateTestProbe();
        _states.Tell(new WatchState(Jobs.Id(1)), TestActor);
        _states.Tell(new AskState(Jobs.Id(1)), asker);
        await SoonAsync();
        Assert.Equal(new StateIs(Jobs.Id(1), null), await asker.ExpectMsgAsync<StateIs>(Patience));
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));

        _stack.Failure = null;
        await RoundAsync();
        Assert.Equal(JobState.Reserved, (await ExpectMsgAsync<StateIs>(Patience)).State);
    }

    [Fact]
    public async Task ACallWithoutAnswerIsGivenUp()
    {
        _stack.Gate = new TaskCompletionSource().Task;
        _states.Tell(new AskState(Jobs.Id(1)), TestActor);
        await UntilAsync(() => HasMessages);
        Assert.Equal(new StateIs(Jobs.Id(1), null), await ExpectMsgAsync<StateIs>(Patience));
    }

    [Fact]
    public async Task AQuestionThatComesDuringACallIsAnsweredByTheNextOne()
    {
        var gate = new TaskCompletionSource();
        (_stack.Gate, _stack.States[Jobs.Id(1)]) = (gate.Task, JobState.Reserved);
        var (first, second) = (CreateTestProbe(), CreateTestProbe());
        _states.Tell(new AskState(Jobs.Id(1)), first);
        await UntilAsync(() => _stack.StateCalls.Count == 1);
        _states.Tell(new AskState(Jobs.Id(1)), second);
        await UntilAsync(() => _stack.StateCalls.Count == 2);
        gate.SetResult();
        await first.ExpectMsgAsync<StateIs>(Patience);
        await second.ExpectMsgAsync<StateIs>(Patience);
    }

    [Fact]
    public async Task WhoeverEndsOrSaysSoIsAskedForNoMore()
    {
        var (ends, says) = (CreateTestProbe(), CreateTestProbe());
        _states.Tell(new WatchState(Jobs.Id(1)), ends);
        _states.Tell(new WatchState(Jobs.Id(2)), says);
        _states.Tell(new WatchState(Jobs.Id(3)), TestActor);
        _states.Tell(new UnwatchState(Jobs.Id(2)), says);
        await WatchAsync(ends);
        Sys.Stop(ends);
        await ExpectTerminatedAsync(ends, Patience);
        await UntilAsync(() => _stack.StateCalls.LastOrDefault()?.Count == 1);
        Assert.Equal([Jobs.Id(3)], _stack.StateCalls.Last());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void AnIntervalThatIsNoneActsAsFiveSeconds(int seconds) =>
        Assert.Equal(Round, new JobStatesSettings { Interval = TimeSpan.FromSeconds(seconds) }.Interval);

    private Task RoundAsync() => MovedAsync(Round);

    private Task SoonAsync() => MovedAsync(TimeSpan.FromMilliseconds(250));

    /// <summary>Moves time on until one more call has been made.</summary>
    private async Task MovedAsync(TimeSpan span)
    {
        var before = _stack.StateCalls.Count;
        await _states.Ask<ActorIdentity>(new Identify(0), Patience);
        Advance(span);
        await UntilAsync(() => _stack.StateCalls.Count > before);
    }

    private async Task UntilAsync(Func<bool> condition) => await AwaitAssertAsync(
        () =>
        {
            Advance(TimeSpan.FromMilliseconds(500));
            Assert.True(condition());
        },
        Patience,
        TimeSpan.FromMilliseconds(20));
}
