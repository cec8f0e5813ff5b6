using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Hocon;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Serialization;
using Scheduler.Cluster.Watching;
using Scheduler.Core.Identity;
using Scheduler.Core.Limiter;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Tests.Serialization;

/// <summary>As <see cref="ProtocolSerializerTests"/>, for the messages that are not of the core.</summary>
public sealed class StatusMessageTests() : TestKit(HoconFiles.Load().WithFallback(ConfigurationFactory.ParseString(
    """
    akka.cluster.downing-provider-class = ""
    """)))
{
    private static readonly JobId Job = JobId.Parse("6a0c2f7e-1c1b-4a55-8f2e-3b1b8f4f0a01");

    private static readonly LimiterStatus Limiter = new()
    {
        Node = "node",
        LeaseHolder = "pod-0_a",
        Phase = LimiterPhase.Granting,
        Epoch = new Epoch(7),
        Limit = 25,
        InFlight = 2,
        Free = 23,
        Waiters = 4,
        Holders =
        [
            new HolderStatus(Job, new GrantId(new Epoch(7), 42), IsRunning: true, IsUnconfirmed: true) { Age = TimeSpan.FromMilliseconds(1500) },
        ],
    };

    internal static readonly (object Message, string Manifest, string Golden)[] Messages =
    [
        (GetLimiterStatus.Instance, "get-limiter-status.1", ""),
        (GetFetcherStatus.Instance, "get-fetcher-status.1", ""),
        (GetWatcherStatus.Instance, "get-watcher-status.1", ""),
        (Limiter, "limiter-status.1",
            "0A046E6F64651207706F642D305F611803200728193002381740044A1F0A106A0C2F7E1C1B4A558F2E3B1B8F4F0A0112040807102A1801200128DC0B"),
        (new FetcherStatus(5, 1, 2, Paused: true, TimeSpan.FromMilliseconds(1500)) { Node = "node" }, "fetcher-status.1",
            "0A046E6F6465100518012002280130DC0B"),
        (new WatcherStatus(new WatchStatus { Lists = 2, Interruptions = 1, Position = new Revision(99), Trouble = "why" }, new WatchStatus(), 6) { Node = "node" },
            "watcher-status.1",
            "0A046E6F6465120B08021001186322037768791A002006"),
    ];

    [Fact]
    public void EveryMarkedMessageOfThisAssemblyIsCoveredHere()
    {
        var marked = typeof(LimiterActor).Assembly.GetTypes().Where(t => t is { IsClass: true } && typeof(ICrossesNodes).IsAssignableFrom(t));
        Assert.Equal(marked.Select(t => t.Name).Order(), Messages.Select(m => m.Message.GetType().Name).Order());
    }

    [Fact]
    public void EveryMessageArrivesAsItWasSent()
    {
        foreach (var (message, manifest, _) in Messages)
        {
            var serializer = Assert.IsType<ProtocolSerializer>(Sys.Serialization.FindSerializerFor(message));
            Assert.Equal(manifest, serializer.Manifest(message));
            var arrived = serializer.FromBinary(serializer.ToBinary(message), manifest);
            Assert.Equal(message.GetType(), arrived.GetType());
            Assert.Equal(Text(message), Text(arrived));
        }
    }

    [Fact]
    public void TheBytesOnTheWireHaveNotChanged()
    {
        var serializer = new ProtocolSerializer((ExtendedActorSystem)Sys);
        Assert.All(Messages, m => Assert.Equal(m.Golden, Convert.ToHexString(serializer.ToBinary(m.Message))));
    }

    [Fact]
    public void WhatIsNotKnownYetStaysUnknown()
    {
        var serializer = new ProtocolSerializer((ExtendedActorSystem)Sys);
        var limiter = Limiter with { Epoch = null, LeaseHolder = null, Phase = LimiterPhase.Acquiring, Holders = [] };
        Assert.Equal(Text(limiter), Text(serializer.FromBinary(serializer.ToBinary(limiter), "limiter-status.1")));
        var fetcher = new FetcherStatus(0, 0, 0, Paused: false, SinceLastPoll: null);
        Assert.Equal(fetcher, serializer.FromBinary(serializer.ToBinary(fetcher), "fetcher-status.1"));
    }

    [Fact]
    public void ARunMayCarryHowLongTheJobHasWaited()
    {
        var serializer = new ProtocolSerializer((ExtendedActorSystem)Sys);
        var run = new Run(Job, new GrantId(new Epoch(1), 1), 0, []) { SinceListed = TimeSpan.FromSeconds(61), SinceGranted = TimeSpan.FromMilliseconds(20) };
        Assert.Equal(Text(run), Text(serializer.FromBinary(serializer.ToBinary(run), "run.1")));
    }

    /// <summary>Records with lists compare their lists by reference; their JSON compares by value.</summary>
    private static string Text(object message) => System.Text.Json.JsonSerializer.Serialize(message, message.GetType());
}
