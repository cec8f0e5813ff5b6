using System.Collections;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;
using Scheduler.Cluster.Coordination;
using Scheduler.Cluster.Hosting;
using Scheduler.Cluster.Metrics;
using Scheduler.Cluster.Remoting;
using Scheduler.Cluster.Serialization;
using Scheduler.Cluster.Tests.Formation;
using Scheduler.Kubernetes.Leases;
using Scheduler.Testing.Remoting;

namespace Scheduler.Cluster.Tests.Serialization;

/// <summary>What the serialization of a real node reads, asked as remoting asks it.</summary>
[Collection(ClusterCollection.Name)]
public sealed class WireTableTests : IAsyncLifetime, IDisposable
{
    private const int Json = 1;
    private const int Selection = 6;
    private const int Misc = 16;
    private const int Texts = 17;
    private const int SystemMessages = 22;
    private const string Text = "System.String, System.Private.CoreLib";

    private readonly k8s.Kubernetes _nowhere = new(new k8s.KubernetesClientConfiguration { Host = "http://127.0.0.1:1" });
    private readonly WireMetrics _metrics = new NodeMetrics().Wire;
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync(
        new NodeAddress(),
        new ClusterParts
        {
            Leases = new KubernetesLeaseSetup(_nowhere, "default", "test", TimeProvider.System),
            Timing = new LeaseOptions { Namespace = "default", Name = "none", HolderName = "test" },
        },
        metrics: _metrics);

    public async Task DisposeAsync() => await _node.DisposeAsync();

    public void Dispose() => _nowhere.Dispose();

    /// <summary>An update of Akka that brings another serializer fails here: decide what becomes of it, in the table.</summary>
    [Fact]
    public void EverySerializerOfARunningNodeIsWhatTheTableMadeOfIt()
    {
        var serializers = (IDictionary)typeof(Akka.Serialization.Serialization)
            .GetField("_serializersById", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(_node.System.Serialization)!;
        Assert.NotEmpty(serializers);
        foreach (DictionaryEntry entry in serializers)
        {
            var rule = WireTable.Rules.SingleOrDefault(one => one.Id == (int)entry.Key);
            Assert.True(rule is not null, $"serializer {entry.Key} ({entry.Value}) is not in the table");
            Assert.Equal(rule.Id, ((Serializer)entry.Value!).Identifier);
            Assert.Equal(
                rule switch
                {
                    WireRule.Refused => typeof(RefusedSerializer),
                    WireRule.Narrowed => typeof(NarrowedSerializer),
                    _ => rule.Id == WireTable.Ours ? typeof(ProtocolSerializer) : typeof(NullSerializer),
                },
                entry.Value!.GetType());
        }
    }

    /// <summary>For any other kind, Akka looks up the type that the sender names before it asks the serializer.</summary>
    [Fact]
    public void WhateverTakesTheirPlaceIsAskedBeforeAnyTypeIsLookedUp() => Assert.All(
        WireTable.Replacements((ExtendedActorSystem)_node.System, new Refusals(_metrics, TimeProvider.System)),
        one => Assert.IsAssignableFrom<SerializerWithStringManifest>(one.Serializer));

    [Theory]
    [InlineData(Json, "System.Object, System.Private.CoreLib")]
    [InlineData(2, "Akka.Remote.Serialization.Proto.Msg.Payload, Akka.Remote")]
    [InlineData(3, "")]
    [InlineData(4, "")]
    [InlineData(5, "Akka.Cluster.ClusterUserAction+Down, Akka.Cluster")]
    [InlineData(5, "Akka.Cluster.ClusterUserAction+Leave, Akka.Cluster")]
    [InlineData(5, "Akka.Cluster.Routing.ClusterRouterPool, Akka.Cluster")]
    [InlineData(11, "C")]
    [InlineData(12, "A")]
    [InlineData(13, "EA")]
    [InlineData(Misc, "PP")]
    [InlineData(Misc, "K")]
    [InlineData(Misc, "STF")]
    [InlineData(Misc, "STS")]
    [InlineData(Misc, "RS")]
    [InlineData(Misc, "CF")]
    [InlineData(Misc, "RORRC")]
    [InlineData(SystemMessages, "Akka.Dispatch.SysMsg.Terminate, Akka")]
    [InlineData(SystemMessages, "Akka.Dispatch.SysMsg.Failed, Akka")]
    [InlineData(SystemMessages, "System.Diagnostics.Process, System.Diagnostics.Process")]
    [InlineData(Texts, "System.Int32, mscorlib")]
    [InlineData(36, "")]
    public void WhatNodesDoNotExchangeIsRefusedAloneAndInsideOfOthers(int serializer, string manifest)
    {
        var payload = new Payload(serializer, manifest, []);

        AssertRefused(payload);
        AssertRefused(payload.Selected("user", "limiter"));
        AssertRefused(new Payload(Misc, "ID", new ProtoBytes().Message(1, payload.ToProto()).ToArray()));
        AssertRefused(new Payload(12, "I", Write(payload)));
        AssertRefused(new Payload(12, "I", Write(new Payload(11, "E", Register(CoordinatorState, payload)))));
    }

    [Theory]
    [InlineData("System.Diagnostics.Process, System.Diagnostics.Process")]
    [InlineData("System.Collections.Generic.List`1[[System.String]], System.Private.CoreLib")]
    [InlineData("")]
    public void ARegisterIsOfTheOneTypeThatIsReplicated(string type) =>
        AssertRefused(new Payload(11, "E", Register(type, new Payload(Texts, Text, Encoding.UTF8.GetBytes("x")))));

    [Fact]
    public void MessagesWithinMessagesHaveAGreatestDepth()
    {
        var payload = new Payload(Misc, "ID", []);
        Assert.IsType<ActorSelectionMessage>(Read(payload.Selected("user").Selected("user")));
        for (var level = 0; level < 2000; level++)
        {
            payload = payload.Selected("user");
        }

        AssertRefused(payload);
    }

    [Fact]
    public void ASelectionIsForOneActor()
    {
        const ulong parent = 1;
        const ulong pattern = 3;
        AssertRefused(Selecting(new ProtoBytes().Number(1, parent)));
        AssertRefused(Selecting(new ProtoBytes().Number(1, pattern).Text(2, "*")));
        AssertRefused(Selecting(new ProtoBytes()));
    }

    [Fact]
    public void OnlyTheWatchersOfOtherNodesComeFromOutside()
    {
        var here = $"{_node.Cluster.SelfAddress}/user/here";
        const string there = "akka.tcp://scheduler@127.0.0.1:9/user/there";
        const string watch = "Akka.Dispatch.SysMsg.Watch, Akka";
        const string unwatch = "Akka.Dispatch.SysMsg.Unwatch, Akka";
        const string ended = "Akka.Dispatch.SysMsg.DeathWatchNotification, Akka";

        Assert.NotNull(Read(new Payload(SystemMessages, watch, Pair(here, there))));
        Assert.NotNull(Read(new Payload(SystemMessages, ended, Actor(there))));
        AssertRefused(new Payload(SystemMessages, unwatch, Pair(here, here)));
        AssertRefused(new Payload(SystemMessages, watch, Pair(there, here)));
        AssertRefused(new Payload(SystemMessages, watch, Pair(here, "")));
        AssertRefused(new Payload(SystemMessages, ended, Actor(here)));
    }

    [Fact]
    public async Task WithinTheProcessAnActorIsStillEndedByAPoisonPill()
    {
        var actor = _node.System.ActorOf(Props.Create(() => new Ended()));
        Assert.True(await actor.GracefulStop(TimeSpan.FromSeconds(10)));
        Assert.Throws<ArgumentException>(() => _node.System.Serialization.Serialize(PoisonPill.Instance));
        Assert.Throws<ArgumentException>(() => _node.System.Serialization.Serialize(new Status.Failure(new InvalidOperationException("x"))));
    }

    /// <summary>Each message that is read, with bytes that are not its own: refused, whatever Akka's serializer throws.</summary>
    [Fact]
    public void GarbageUnderAKnownNameIsRefusedAndNothingElseHappens()
    {
        var random = new Random(1);
        foreach (var rule in WireTable.Rules.OfType<WireRule.Narrowed>())
        {
            foreach (var manifest in rule.Manifests.Keys)
            {
                for (var round = 0; round < 200; round++)
                {
                    var bytes = new byte[random.Next(64)];
                    random.NextBytes(bytes);
                    try
                    {
                        Read(new Payload(rule.Id, manifest, bytes));
                    }
                    catch (SerializationException)
                    {
                        // As it should be.
                    }
                }
            }
        }
    }

    private const string CoordinatorState = "Akka.Cluster.Sharding.ShardCoordinator+CoordinatorState, Akka.Cluster.Sharding";

    private object? Read(Payload payload) => _node.System.Serialization.Deserialize(payload.Bytes, payload.Serializer, payload.Manifest);

    private void AssertRefused(Payload payload)
    {
        var before = _metrics.Refused;
        Assert.ThrowsAny<SerializationException>(() => Read(payload));
        Assert.Equal(before + 1, _metrics.Refused);
    }

    private static Payload Selecting(ProtoBytes element) =>
        new(Selection, "", new ProtoBytes().Message(1, new Payload(Misc, "ID", []).ToProto()).Message(2, element).ToArray());

    /// <summary>The replicator's message to write one value.</summary>
    private static byte[] Write(Payload value) =>
        new ProtoBytes().Text(1, "key").Message(2, new ProtoBytes().Message(1, Other(value))).ToArray();

    private static byte[] Register(string type, Payload value)
    {
        const ulong other = 4;
        var address = new ProtoBytes().Text(1, "127.0.0.1").Number(2, 1);
        return new ProtoBytes()
            .Message(2, new ProtoBytes().Message(1, address).Number(2, 1))
            .Message(3, Other(value))
            .Message(4, new ProtoBytes().Number(1, other).Text(2, type))
            .ToArray();
    }

    /// <summary>As the replicator holds a message.</summary>
    private static ProtoBytes Other(Payload payload) =>
        new ProtoBytes().Bytes(1, payload.Bytes).Number(2, unchecked((ulong)payload.Serializer)).Text(4, payload.Manifest);

    private static byte[] Pair(string watchee, string watcher) =>
        new ProtoBytes().Bytes(1, Actor(watchee, field: 1)).Bytes(2, Actor(watcher, field: 1)).ToArray();

    private static byte[] Actor(string path) => new ProtoBytes().Bytes(1, Actor(path, field: 1)).ToArray();

    private static byte[] Actor(string path, int field) => new ProtoBytes().Text(field, path).ToArray();

    private sealed class Ended : ReceiveActor;
}
