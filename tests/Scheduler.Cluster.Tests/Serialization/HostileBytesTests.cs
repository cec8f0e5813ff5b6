using System.Globalization;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Scheduler.Cluster.Serialization;
using Scheduler.Core.Protocol;
using Scheduler.Testing.Remoting;

namespace Scheduler.Cluster.Tests.Serialization;

/// <summary>Messages of ours that no node has sent: they are refused, or they are harmless.</summary>
public sealed class HostileBytesTests : TestKit
{
    private const int Rounds = 20_000;

    private readonly ProtocolSerializer _serializer;

    public HostileBytesTests() => _serializer = new ProtocolSerializer((ExtendedActorSystem)Sys);

    private static ProtoBytes Job => new ProtoBytes().Bytes(1, Guid.NewGuid().ToByteArray());

    /// <summary><c>SCHEDULER_WIRE_SEED</c> repeats a run.</summary>
    [Fact]
    public void MutationsOfRealMessagesAreReadOrRefusedAndNothingElse()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SCHEDULER_WIRE_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 1;
        var random = new Random(seed);
        var known = ProtocolSerializerTests.Messages.Concat(StatusMessageTests.Messages).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutated(Convert.FromHexString(known[random.Next(known.Length)].Golden), random);
            var manifest = known[random.Next(known.Length)].Manifest;
            try
            {
                AssertHarmless(_serializer.FromBinary(bytes, manifest));
            }
            catch (SerializationException)
            {
                // Refused.
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}, round {round}: {manifest} of {Convert.ToHexString(bytes)}: {error}");
            }
        }
    }

    [Theory]
    [InlineData("take.1", 4, -1L)]
    [InlineData("take.1", 4, long.MaxValue)]
    [InlineData("take.1", 4, 1_000_000_000_000L)]
    [InlineData("take.1", 3, long.MaxValue)]
    [InlineData("take.1", 3, 253_402_300_799_999L)]
    [InlineData("take.1", 3, long.MinValue)]
    [InlineData("granted.1", 3, -1L)]
    [InlineData("granted.1", 3, long.MinValue)]
    [InlineData("denied.1", 2, 77L)]
    [InlineData("denied.1", 2, 0L)]
    [InlineData("not-launched.1", 2, -77L)]
    [InlineData("observed.1", 2, 77L)]
    [InlineData("limiter-status.1", 3, 77L)]
    public void ANumberThatNoActorCanCountWithIsRefused(string manifest, int field, long value)
    {
        var message = Job;
        if (manifest == "granted.1")
        {
            message.Message(2, new ProtoBytes().Number(1, 1));
        }

        AssertRefused(manifest, message.Number(field, unchecked((ulong)value)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(100_000)]
    public void AJobHasSixteenBytes(int length) => AssertRefused("launched.1", new ProtoBytes().Bytes(1, new byte[length]));

    [Fact]
    public void NegativeCountsOfPodsAreRefused() =>
        AssertRefused("seen.1", Job.Message(2, new ProtoBytes().Number(3, 1).Number(9, unchecked((ulong)-1L))));

    [Fact]
    public void TimeThatAUserMayHaveChosenIsCutAndNotLost()
    {
        var seen = (Seen)_serializer.FromBinary(
            new ProtoBytes().Bytes(1, new byte[16]).Message(2, new ProtoBytes().Number(3, 1).Number(13, long.MaxValue)).ToArray(), "seen.1");
        Assert.Equal(TimeSpan.FromDays(36_500), seen.KubernetesJob!.Deadline);
    }

    [Fact]
    public void MillionsOfEmptyPartsAreRefusedBeforeTheyAreParsed()
    {
        var entries = new byte[8 * 1024 * 1024];
        for (var at = 0; at < entries.Length; at += 2)
        {
            entries[at] = 0x0A;
        }

        foreach (var manifest in new[] { "snapshot.1", "seen.1", "run.1" })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.ThrowsAny<SerializationException>(() => _serializer.FromBinary(entries, manifest));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        }
    }

    [Fact]
    public void AnUnknownMessageAndNoMessageAreRefused()
    {
        AssertRefused("", new ProtoBytes());
        AssertRefused("take.2\n", new ProtoBytes());
        Assert.ThrowsAny<SerializationException>(() => _serializer.FromBinary([], null!));
    }

    private void AssertRefused(string manifest, ProtoBytes message) =>
        Assert.ThrowsAny<SerializationException>(() => _serializer.FromBinary(message.ToArray(), manifest));

    /// <summary>What an actor does first with a message: it adds times and spans to the time it is.</summary>
    private static void AssertHarmless(object message)
    {
        var now = TimeProvider.System.GetUtcNow();
        switch (message)
        {
            case Take take:
                Assert.InRange(take.Patience, TimeSpan.Zero, TimeSpan.MaxValue / 2);
                _ = (now + take.Patience, take.ScheduledAt + take.Patience);
                break;
            case Granted granted:
                Assert.InRange(granted.Remaining, TimeSpan.Zero, TimeSpan.MaxValue / 2);
                break;
            case Seen { KubernetesJob: { } job }:
                _ = (job.StartedAt ?? now) + (job.Deadline ?? default);
                Assert.True(Enum.IsDefined(job.State));
                break;
            case Denied denied:
                Assert.True(Enum.IsDefined(denied.Reason));
                break;
        }
    }

    private static byte[] Mutated(byte[] golden, Random random)
    {
        var bytes = golden.ToList();
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2 when at < bytes.Count:
                    bytes.RemoveRange(at, random.Next(bytes.Count - at));
                    break;
                default:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)(random.Next(2) == 0 ? 0xFF : random.Next(256)), random.Next(1, 12)));
                    break;
            }
        }

        return [.. bytes];
    }
}
