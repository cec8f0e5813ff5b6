using Scheduler.Cluster.Remoting;
using Scheduler.Testing.Remoting;

namespace Scheduler.Cluster.Tests.Remoting;

public sealed class FrameInspectionTests
{
    private const ulong NotCounted = ulong.MaxValue;
    private const ulong Heartbeat = 3;

    private readonly FrameInspection _inspection = new();

    [Fact]
    public void AConnectionBeginsWithAHandshake()
    {
        Assert.NotNull(_inspection.Look(Envelope()).Complaint);
        Assert.NotNull(_inspection.Look([]).Complaint);
        Assert.NotNull(_inspection.Look(new byte[10_000]).Complaint);
        Assert.NotNull(_inspection.Look(Stranger.Handshake(9).Bytes(3, new byte[5000]).ToArray()).Complaint);
        const ulong quarantined = 5;
        Assert.Null(_inspection.Look(new ProtoBytes().Message(2, new ProtoBytes().Number(1, quarantined)).ToArray()).Complaint);
        Assert.False(_inspection.IsIntroduced);

        Assert.Null(_inspection.Look(Stranger.Handshake(9).ToArray()).Complaint);
        Assert.True(_inspection.IsIntroduced);
    }

    [Fact]
    public void WhatNodesSendPasses()
    {
        Introduce();
        Assert.Equal(FrameVerdict.Fine, _inspection.Look(Envelope()));
        Assert.Equal(FrameVerdict.Fine, _inspection.Look(Envelope(number: 0)));
        Assert.Equal(FrameVerdict.Fine, _inspection.Look(Envelope(number: 1)));
        Assert.Equal(FrameVerdict.Fine, _inspection.Look(new ProtoBytes().Message(2, new ProtoBytes().Number(1, Heartbeat)).ToArray()));
        Assert.Equal(FrameVerdict.Fine, _inspection.Look(Contained(new ProtoBytes().Message(1, new ProtoBytes().Fixed(1, 7)))));
    }

    [Fact]
    public void ANumberFarAheadIsRefusedBeforeAkkaCountsWhatIsMissing()
    {
        Introduce();
        Assert.NotNull(_inspection.Look(Envelope(number: 1UL << 40)).Complaint);
        Assert.NotNull(_inspection.Look(Envelope(number: ulong.MaxValue - 1)).Complaint);
        Assert.Null(_inspection.Look(Envelope(number: 60_000)).Complaint);
        Assert.Null(_inspection.Look(Envelope(number: 61_000)).Complaint);
        Assert.NotNull(_inspection.Look(Envelope(number: 63_000)).Complaint);
        Assert.Null(_inspection.Look(Envelope(number: 5)).Complaint);
    }

    [Fact]
    public void AReceiptThatMissesThousandsIsRefused()
    {
        Introduce();
        Assert.NotNull(_inspection.Look(Contained(new ProtoBytes().Message(1, new ProtoBytes().Fixed(1, 7).Bytes(2, new byte[80_000])))).Complaint);
    }

    [Fact]
    public void APayloadForASerializerThatIsNotInTheTableIsDroppedAndTheConnectionStays()
    {
        Introduce();
        var verdict = _inspection.Look(Envelope(serializer: -7));
        Assert.Equal((null, -7), (verdict.Complaint, verdict.UnknownSerializer));
    }

    [Fact]
    public void AFieldThatIsThereTwiceIsRefusedForItWouldBeMerged()
    {
        Introduce();
        var twice = new ProtoBytes()
            .Message(1, new ProtoBytes().Text(1, "akka.tcp://scheduler@a:1/user")).Message(2, new Payload(16, "ID", []).ToProto())
            .Fixed(5, NotCounted).Fixed(5, 1UL << 40);
        Assert.NotNull(_inspection.Look(Contained(new ProtoBytes().Message(2, twice))).Complaint);
    }

    [Fact]
    public void AnyBytesAreAnswered()
    {
        Introduce();
        var random = new Random(1);
        var golden = Envelope(number: 3);
        for (var round = 0; round < 50_000; round++)
        {
            var bytes = golden.ToArray();
            for (var times = random.Next(4); times >= 0; times--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            _ = _inspection.Look(bytes.AsSpan(0, random.Next(bytes.Length + 1)));
        }
    }

    private void Introduce() => _inspection.Look(Stranger.Handshake(9).ToArray());

    private static byte[] Envelope(ulong number = NotCounted, int serializer = 16) => Contained(new ProtoBytes().Message(2, new ProtoBytes()
        .Message(1, new ProtoBytes().Text(1, "akka.tcp://scheduler@127.0.0.1:1/user"))
        .Message(2, new Payload(serializer, "ID", []).ToProto())
        .Fixed(5, number)));

    private static byte[] Contained(ProtoBytes container) => new ProtoBytes().Bytes(1, container.ToArray()).ToArray();
}
