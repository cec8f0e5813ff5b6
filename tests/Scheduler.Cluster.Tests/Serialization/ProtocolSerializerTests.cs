using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using Scheduler.Cluster.Hocon;
using Scheduler.Cluster.Serialization;
using Scheduler.Core.Facts;
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

    private static readonly JobFact KubernetesJob = new(Job, "buildkite-1", "u-1", KubernetesJobState.Finished, new Revision(99), Grant)
    {
        CreatedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
        StartedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_001),
        DeletedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_900),
        Active = 1,
        Failed = 2,
        Succeeded = 3,
        HasPod = true,
        Deadline = TimeSpan.FromHours(6),
        Ending = new JobEnding("Failed", "DeadlineExceeded", "too old"),
    };

    private static readonly PodFact Pod = new(Job, "buildkite-1-x", "u-2", new Revision(100), PodPhase.Running)
    {
        Owner = "u-1",
        NodeName = "node-1",
        CreatedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_002),
        StartedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_003),
        DeletedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_901),
        TerminationGrace = TimeSpan.FromSeconds(60),
        Reason = "Evicted",
        Message = "no room",
        Containers =
        [
            new ContainerFact(
                ContainerKind.Init, "setup", "image-1", null, null,
                new ContainerTerminated(-1, 9, "Error", "broken", DateTimeOffset.FromUnixTimeSeconds(1_700_000_004))),
            new ContainerFact(ContainerKind.Sidecar, "mirror", "image-2", null, DateTimeOffset.FromUnixTimeSeconds(1_700_000_005), null),
            new ContainerFact(ContainerKind.Regular, "main", "image-3", new ContainerWaiting("ImagePullBackOff", "no such image"), null, null),
        ],
        Conditions = [new PodCondition("PodScheduled", "True", null, null), new PodCondition("Ready", "False", "ContainersNotReady", "not ready")],
    };

    /// <summary>One of each message that crosses nodes, with the bytes it has had since it was first sent.</summary>
    internal static readonly (object Message, string Manifest, string Golden)[] Messages =
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
        (new Return(Job, Grant) { IsClaimed = true }, "return.1",
            "0A106A0C2F7E1C1B4A558F2E3B1B8F4F0A0112040807102A1801"),
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
        (new Seen(Job, null, null), "seen.1",
            "0A106A0C2F7E1C1B4A558F2E3B1B8F4F0A01"),
        (new Seen(Job, KubernetesJob, Pod), "seen.1",
            "0A106A0C2F7E1C1B4A558F2E3B1B8F4F0A0112630A0B6275696C646B6974652D311203752D31180220632A040807102A3080D095FFBC3138E8D795FF"
            + "BC3140A0C7CCFFBC3148015002580360016880AEA60A72230A064661696C65641210446561646C696E6545786365656465641A07746F6F206F6C641A"
            + "97020A0D6275696C646B6974652D312D781203752D321864200232066E6F64652D3138D0DF95FFBC3140B8E795FFBC"
            + "314888CFCCFFBC3150E0D4035A074576696374656462076E6F20726F6F6D6A2E0802120573657475701A07696D6167652D31321A080110091A054572"
            + "726F72220662726F6B656E28A0EF95FFBC316A1A080312066D6972726F721A07696D6167652D322888F795FFBC316A34080112046D61696E1A07696D"
            + "6167652D3322210A10496D61676550756C6C4261636B4F6666120D6E6F207375636820696D61676572140A0C506F645363686564756C656412045472"
            + "7565722D0A055265616479120546616C73651A12436F6E7461696E6572734E6F74526561647922096E6F742072656164797A03752D31"),
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
    [InlineData("seen.1", "1A00")]
    public void GarbageIsRefusedAndNothingElseHappens(string manifest, string bytes)
    {
        var serializer = new ProtocolSerializer((ExtendedActorSystem)Sys);
        Assert.ThrowsAny<System.Runtime.Serialization.SerializationException>(() => serializer.FromBinary(Convert.FromHexString(bytes), manifest));
    }
}
