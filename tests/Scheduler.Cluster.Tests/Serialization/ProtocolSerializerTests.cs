using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using Scheduler.Cluster.Hocon;
using Scheduler.Cluster.Serialization;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Tests.Serialization;

public sealed class ProtocolSerializerTests() : TestKit(HoconFiles.Load().WithFallback(ConfigurationFactory.ParseString(
    """
    akka.cluster.downing-provider-class = ""
    """)))
{
    private static readonly JobId Job = JobId.Parse("6a0c2f7e-1c1b-4a55-8f2e-3b1b8f4f0a01");
    private static readonly GrantId Grant = new(new Epoch(7), 42);

    /// <summary>One of each message that crosses nodes, with the bytes it has had since it was first sent.</summary>
    private static readonly (object Message, string Manifest, string Golden)[] Messages =
    [
        (new Take(Job, -3, DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123), TimeSpan.FromSeconds(3)), "take.1",
            "0A106A0C2F7E1C1B4A558F2E3B1B8F4F0A01100518FBD095FFBC3120B817"),
        (new Claim(Job, Grant), "claim.1",
            "0A106A0C2F7E1C1B4A558F2E3B1B8F4F0A0112040807102A"),
        (new Granted(Job, Grant, TimeSpan.FromMilliseconds(9_500)), "granted.1",
            "0A106A0C2F7E1C1B4A558F2E3B1B8F4F0A0112040807102A189C4A"),
        (new Denied(Job, DenialReason.GrantGone), "denied.1",
            "0A106A0C2F7E1C1B4A558F2E3B1B8F4F0A011002"),
        (new Return(Job, Grant), "return.1",
            "0A106A0C2F7E1C1B4A558F2E3B1B8F4F0A0112040807102A"),
        (new Observed(Job, KubernetesJobState.Finished, new Revision(99), Grant), "observed.1",
            "0A106A0C2F7E1C1B4A558F2E3B1B8F4F0A011002186322040807102A"),
        (new Snapshot([new UnfinishedJob(Job, new Revision(5), Grant), new UnfinishedJob(Job, new Revision(6), null)], new Revision(9)), "snapshot.1",
            "0A1A0A106A0C2F7E1C1B4A558F2E3B1B8F4F0A0110051A040807102A0A140A106A0C2F7E1C1B4A558F2E3B1B8F4F0A0110061009"),
        (new Run(Job, Grant, 5, ["queue=linux", "os=arm"]), "run.1",
            "0A106A0C2F7E1C1B4A558F2E3B1B8F4F0A0112040807102A180A220B71756575653D6C696E757822066F733D61726D"),
        (new Launched(Job), "launched.1",
            "0A106A0C2F7E1C1B4A558F2E3B1B8F4F0A01"),
        (new NotLaunched(Job, LaunchOutlook.TryAgain), "not-launched.1",
            "0A106A0C2F7E1C1B4A558F2E3B1B8F4F0A011002"),
    ];

    [Fact]
    public void EveryMessageThatCrossesNodesIsCoveredHere()
    {
        var marked = typeof(ICrossesNodes).Assembly.GetTypes().Where(t => t is { IsClass: true } && typeof(ICrossesNodes).IsAssignableFrom(t));
        Assert.Equal(marked.Select(t => t.Name).Order(), Messages.Select(m => m.Message.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void EveryMessageArrivesAsItWasSent()
    {
        foreach (var (message, manifest, _) in Messages)
        {
            var serializer = Assert.IsType<ProtocolSerializer>(Sys.Serialization.FindSerializerFor(message));
            Assert.Equal(manifest, serializer.Manifest(message));
            var bytes = serializer.ToBinary(message);
            var arrived = serializer.FromBinary(bytes, manifest);
            Assert.Equal(message.GetType(), arrived.GetType());
            Assert.Equal(Text(message), Text(arrived));
        }
    }

    /// <summary>Records with lists compare their lists by reference; their JSON compares by value.</summary>
    private static string Text(object message) => System.Text.Json.JsonSerializer.Serialize(message, message.GetType());

    [Fact]
    public void TheBytesOnTheWireHaveNotChanged()
    {
        var serializer = new ProtocolSerializer((ExtendedActorSystem)Sys);
        Assert.All(Messages, m => Assert.Equal(m.Golden, Convert.ToHexString(serializer.ToBinary(m.Message))));
    }

    [Fact]
    public void AMessageOfANewerReleaseIsRefusedByName()
    {
        var serializer = new ProtocolSerializer((ExtendedActorSystem)Sys);
        var error = Assert.ThrowsAny<Exception>(() => serializer.FromBinary([], "take.9"));
        Assert.Contains("take.9", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("take.1", "FFFFFF")]
    [InlineData("claim.1", "")]
    [InlineData("observed.1", "0A0101")]
    public void GarbageIsRefusedAndNothingElseHappens(string manifest, string bytes)
    {
        var serializer = new ProtocolSerializer((ExtendedActorSystem)Sys);
        Assert.ThrowsAny<System.Runtime.Serialization.SerializationException>(() => serializer.FromBinary(Convert.FromHexString(bytes), manifest));
    }
}
