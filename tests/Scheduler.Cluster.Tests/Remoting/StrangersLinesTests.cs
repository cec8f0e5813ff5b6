using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Remoting;

namespace Scheduler.Cluster.Tests.Remoting;

public sealed class StrangersLinesTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("akka://scheduler/system/endpointManager/reader-1", typeof(OneForOneStrategy))]
    [InlineData("akka://scheduler/system/transports/akkaprotocolmanager.tcp.0/x", typeof(OneForOneStrategy))]
    [InlineData("remoting(akka://scheduler)", typeof(string))]
    [InlineData("x", typeof(RemoteActorRef))]
    [InlineData("x", typeof(Akka.Cluster.ClusterEvent))]
    [InlineData("akka://scheduler/deadLetters", typeof(DeadLetterActorRef))]
    public void WhatAkkaSaysOfWhatCameInIsTheirs(string source, Type place) =>
        Assert.True(StrangersLines.MayComeFromOutside(new Warning(source, place, "x")));

    [Theory]
    [InlineData("akka://scheduler/user/limiter/limiter/actor", typeof(LimiterActor))]
    [InlineData("akka://scheduler/user/limiter/limiter/actor", typeof(OneForOneStrategy))]
    public void WhatOurActorsSayIsNot(string source, Type place) => Assert.False(StrangersLines.MayComeFromOutside(new Warning(source, place, "x")));

    [Fact]
    public void OneLineAMinuteOfEachKindWhateverItsText()
    {
        var lines = new StrangersLines(_time);
        Assert.True(lines.TryTake(Remote("a"), out _));
        Assert.False(lines.TryTake(Remote("b"), out _));
        Assert.True(lines.TryTake(new Warning("x", typeof(RemoteWatcher), "a"), out _));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(lines.TryTake(Remote("c"), out var suppressed));
        Assert.Equal(1, suppressed);
    }

    private static Warning Remote(string text) => new("x", typeof(RemoteActorRef), text);
}
