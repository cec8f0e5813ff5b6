using Akka.Actor;
using Akka.TestKit.Xunit2;
using Scheduler.Cluster.Batching;
using Scheduler.Cluster.Tests.Support;

namespace Scheduler.Cluster.Tests.Batching;

public sealed class ShutdownFlushTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeStack _stack = new();

    [Fact]
    public async Task WhatWaitsIsSentBeforeTheNodeEnds()
    {
        var notifications = Start(TimeSpan.FromHours(1), Patience);
        notifications.Tell(new Notify(Jobs.Id(1), "last words"));

        await CoordinatedShutdown.Get(Sys).Run(CoordinatedShutdown.ClusterLeavingReason.Instance).WaitAsync(Patience);

        Assert.Equal("last words", Assert.Single(Assert.Single(_stack.NotifyCalls)).Detail);
    }

    [Fact]
    public async Task ABuildkiteThatDoesNotAnswerDoesNotHoldUpTheEnd()
    {
        _stack.Gate = new TaskCompletionSource().Task;
        var notifications = Start(TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(200));
        notifications.Tell(new Notify(Jobs.Id(1), "last words"));

        await CoordinatedShutdown.Get(Sys).Run(CoordinatedShutdown.ClusterLeavingReason.Instance).WaitAsync(Patience);
    }

    private IActorRef Start(TimeSpan flushInterval, TimeSpan patience)
    {
        var settings = new NotificationsSettings { FlushInterval = flushInterval };
        var notifications = Sys.ActorOf(Notifications.Props(_stack, settings, TimeProvider.System));
        ShutdownFlush.Add(Sys, notifications, patience);
        return notifications;
    }
}
