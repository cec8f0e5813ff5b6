using System.Net;
using Akka.Actor;
using Scheduler.Buildkite;
using Scheduler.Cluster.Batching;
using Scheduler.Cluster.Tests.Support;

namespace Scheduler.Cluster.Tests.Batching;

public sealed class NotificationsTests : VirtualTimeKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeStack _stack = new();

    [Fact]
    public async Task LinesAreGatheredAndSentWithinAMoment()
    {
        var notifications = Start();
        for (var number = 1; number <= 2500; number++)
        {
            notifications.Tell(new Notify(Jobs.Id(number), $"line {number}"));
        }

        await UntilAsync(() => _stack.NotifyCalls.Sum(call => call.Count) == 2500);
        Assert.Equal([1000, 1000, 500], _stack.NotifyCalls.Select(call => call.Count));
        Assert.Equal(
            Enumerable.Range(1, 2500).Select(number => $"line {number}"), _stack.NotifyCalls.SelectMany(call => call).Select(line => line.Detail));
    }

    [Fact]
    public async Task ALineBearsATimeOnlyWhenItHadToWait()
    {
        var notifications = Start();
        notifications.Tell(new Notify(Jobs.Id(1), "fresh"));
        await UntilAsync(() => _stack.NotifyCalls.Count == 1);
        Assert.Null(_stack.NotifyCalls.Single().Single().Timestamp);

        _stack.Failure = Throttled;
        var begun = Time.GetUtcNow();
        notifications.Tell(new Notify(Jobs.Id(1), "old"));
        await UntilAsync(() => _stack.NotifyCalls.Count == 4);
        Advance(TimeSpan.FromSeconds(2));
        await UntilAsync(() => _stack.NotifyCalls.Last().Single().Timestamp is not null);
        Assert.InRange(_stack.NotifyCalls.Last().Single().Timestamp!.Value, begun, begun.AddSeconds(1));
    }

    [Fact]
    public async Task WhatBuildkiteRefusedToTakeForNowIsSentAgainAndWhatItMayHaveTakenIsNot()
    {
        var notifications = Start();
        _stack.Failure = Throttled;
        notifications.Tell(new Notify(Jobs.Id(1), "again"));
        await UntilAsync(() => _stack.NotifyCalls.Count >= 2);
        _stack.Failure = new StacksApiException(StacksEndpoint.Notify, StacksErrorKind.Transient, "reset");
        var before = _stack.NotifyCalls.Count;
        await UntilAsync(() => _stack.NotifyCalls.Count > before);
        _stack.Failure = null;
        await UntilAsync(async () => await StatusAsync(notifications) == new NotificationsStatus(0, 1));
    }

    [Fact]
    public async Task ALineThatIsNeverTakenIsGivenUp()
    {
        var notifications = Start();
        _stack.Failure = Throttled;
        notifications.Tell(new Notify(Jobs.Id(1), "never"));
        await UntilAsync(async () => await StatusAsync(notifications) == new NotificationsStatus(0, 1));
        Assert.Equal(5, _stack.NotifyCalls.Count);
    }

    [Fact]
    public async Task NoJobGetsMoreThanItsHundredLines()
    {
        var notifications = Start();
        for (var line = 1; line <= 130; line++)
        {
            notifications.Tell(new Notify(Jobs.Id(1), "chatter"));
        }

        notifications.Tell(new Notify(Jobs.Id(2), "quiet"));
        await UntilAsync(async () => await StatusAsync(notifications) == new NotificationsStatus(0, 30));
        Assert.Equal(101, _stack.NotifyCalls.Sum(call => call.Count));
    }

    [Fact]
    public async Task WhatDoesNotFitInMemoryIsDroppedAndCounted()
    {
        _stack.Gate = new TaskCompletionSource().Task;
        var notifications = Start(new NotificationsSettings { BufferLimit = 10 });
        for (var number = 1; number <= 25; number++)
        {
            notifications.Tell(new Notify(Jobs.Id(number), "line"));
        }

        Assert.Equal(new NotificationsStatus(10, 15), await StatusAsync(notifications));
    }

    [Fact]
    public async Task AtTheEndAllThatIsLeftIsSent()
    {
        var notifications = Start();
        for (var number = 1; number <= 1500; number++)
        {
            notifications.Tell(new Notify(Jobs.Id(number), "last words"));
        }

        // Without any passing of time.
        await notifications.Ask<Drained>(Drain.Instance, Patience);
        Assert.Equal(1500, _stack.NotifyCalls.Sum(call => call.Count));
        await notifications.Ask<Drained>(Drain.Instance, Patience);
    }

    private static StacksApiException Throttled =>
        new(StacksEndpoint.Notify, StacksErrorKind.RateLimited, "429", HttpStatusCode.TooManyRequests);

    private static Task<NotificationsStatus> StatusAsync(IActorRef notifications) =>
        notifications.Ask<NotificationsStatus>(GetNotificationsStatus.Instance, Patience);

    private IActorRef Start(NotificationsSettings? settings = null) =>
        Sys.ActorOf(Notifications.Props(_stack, settings ?? new NotificationsSettings(), Time));

    private Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private async Task UntilAsync(Func<Task<bool>> condition) => await AwaitAssertAsync(
        async () =>
        {
            Advance(TimeSpan.FromMilliseconds(250));
            Assert.True(await condition());
        },
        Patience,
        TimeSpan.FromMilliseconds(20));
}
