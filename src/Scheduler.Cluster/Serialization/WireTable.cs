using System.Collections.Frozen;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Serialization;
using Akka.Cluster.Sharding.Serialization;
using Akka.Cluster.Tools.Singleton.Serialization;
using Akka.DistributedData.Serialization;
using Akka.Remote.Serialization;
using Akka.Serialization;
using Scheduler.Cluster.Remoting;
using static Scheduler.Cluster.Serialization.WireRule;

namespace Scheduler.Cluster.Serialization;

/// <summary>
/// Everything that may be read from the remoting port. Whoever reaches that port chooses serializer, message and recipient, so
/// what stands here is what three nodes were seen to say to each other while they formed a cluster, placed shards, moved
/// singletons, left and crashed, and nothing else. README.md tells how to look again after an update of Akka.
/// </summary>
internal static class WireTable
{
    /// <summary>Id of <see cref="ProtocolSerializer"/>.</summary>
    public const int Ours = 7310;

    public static readonly ImmutableArray<WireRule> Rules =
    [
        new Kept(0, "null", "reads null, whatever the bytes: the empty place in messages that may hold another one"),
        new Refused(1, "json", "it makes an object of any .NET type that the sender names"),
        new Refused(2, "proto", "it calls the parser of any .NET type that the sender names"),
        new Refused(3, "daemon-create", "it starts an actor of any .NET type that the sender names"),
        new Refused(4, "bytes", "nobody sends bare bytes"),
        new Narrowed(5, "akka-cluster", "membership", system => new ClusterMessageSerializer(system), Membership),
        new Narrowed(6, "akka-containers", "to actors known by path", system => new MessageContainerSerializer(system), Of(("", "any message of this table, to one actor")))
        {
            LookAfter = ClusterLooks.OneRecipient,
        },
        new Refused(7, "akka-persistence-message", "nothing is persisted"),
        new Refused(8, "akka-persistence-snapshot", "nothing is persisted"),
        new Refused(9, "akka-pubsub", "there is no publish-subscribe"),
        new Narrowed(11, "akka-replicated-data", "where shards are", system => new ReplicatedDataSerializer(system), Replicated)
        {
            LookBefore = ReplicatedLooks.TypesOf,
        },
        new Narrowed(12, "akka-data-replication", "copies of that", system => new ReplicatorMessageSerializer(system), Replication)
        {
            LookBefore = ReplicatedLooks.Inflated,
        },
        new Narrowed(13, "akka-sharding", "shards", system => new ClusterShardingMessageSerializer(system), Sharding),
        new Narrowed(14, "akka-singleton", "singletons", system => new ClusterSingletonMessageSerializer(system), Singletons),
        new Refused(15, "akka-cluster-client", "there are no clients outside the cluster"),
        new Narrowed(16, "akka-misc", "finding and watching actors", system => new MiscMessageSerializer(system), Misc),
        new Narrowed(17, "primitive", "what an Identify is told apart by", Primitives, Texts),
        new Narrowed(22, "akka-system-msg", "watching actors", system => new SystemMessageSerializer(system), System)
        {
            LookAfter = ClusterLooks.Watching,
        },
        new Refused(30, "akka-stream-ref", "there are no streams"),
        new Refused(36, "reliable-delivery", "its controllers are not used"),
        new Kept(Ours, "scheduler", "our protocol: no type names, every value checked"),
    ];

    /// <summary>All ids of the table; a payload that names another one is dropped before it gets to a serializer.</summary>
    public static FrozenSet<int> Ids { get; } = Rules.Select(rule => rule.Id).ToFrozenSet();

    /// <summary>Not Leave and Down: they are told to a node by itself, and spread as gossip. From outside they could remove any node.</summary>
    private static FrozenDictionary<string, string> Membership => Of(
        ("Akka.Cluster.InternalClusterAction+InitJoin, Akka.Cluster", "is there a cluster?"),
        ("Akka.Cluster.InternalClusterAction+InitJoinAck, Akka.Cluster", "yes"),
        ("Akka.Cluster.InternalClusterAction+InitJoinNack, Akka.Cluster", "not here"),
        ("Akka.Cluster.InternalClusterAction+Join, Akka.Cluster", "let me in"),
        ("Akka.Cluster.InternalClusterAction+Welcome, Akka.Cluster", "come in"),
        ("Akka.Cluster.GossipStatus, Akka.Cluster", "what I know"),
        ("Akka.Cluster.GossipEnvelope, Akka.Cluster", "what you do not know"),
        ("Akka.Cluster.InternalClusterAction+ExitingConfirmed, Akka.Cluster", "a leaving node may go"),
        ("HB", "are you alive?"),
        ("HBR", "yes"));

    private static FrozenDictionary<string, string> Replicated => Of(
        (ReplicatedLooks.Register, "the state of the coordinator of shards"));

    private static FrozenDictionary<string, string> Replication => Of(
        ("H", "what a replica has; written to take its digest, and within other messages"),
        ("I", "write this"),
        ("J", "written"),
        ("K", "a new coordinator reads what the former one wrote"),
        ("L", "the answer to that"),
        ("M", "digests of what a replica has"),
        (ReplicatedLooks.Gossip, "what the other replica lacks"),
        ("O", "not written"));

    private static FrozenDictionary<string, string> Sharding => Of(
        ("AA", "within a register: where all shards are"),
        ("BA", "a region registers"),
        ("BC", "is registered"),
        ("BD", "where is a shard?"),
        ("BE", "there"),
        ("BF", "host a shard"),
        ("BG", "it is hosted"),
        ("BH", "a shard is about to move"),
        ("BI", "known"),
        ("BJ", "let the shard go"),
        ("BK", "it is gone"),
        ("BL", "a region leaves"),
        ("BM", "has left"),
        ("GS", "for /cluster/shards: how many shards and entities, everywhere?"),
        ("CS", "so many"),
        ("DC", "how many in this region?"),
        ("DD", "so many"));

    private static FrozenDictionary<string, string> Singletons => Of(
        ("A", "hand over to me"),
        ("B", "at it"),
        ("C", "done"),
        ("D", "take over from me"));

    /// <summary>
    /// Not PoisonPill and Kill, which would end any actor; not Status.Failure, whose exception is of a type that the sender names.
    /// Within the process all of them go on working: nothing is serialized there.
    /// </summary>
    private static FrozenDictionary<string, string> Misc => Of(
        ("ID", "is there such an actor? Singletons and coordinators are found so"),
        ("AID", "yes, or no"),
        ("RWHB", "are you alive? Asked by who watches an actor of a node that is no member yet"),
        ("RWHR", "yes"));

    /// <summary>
    /// Supervision (Create, Recreate, Suspend, Resume, Terminate, Supervise, Failed) never leaves a node, since none starts actors on
    /// another; from outside it could end or restart any actor.
    /// </summary>
    private static FrozenDictionary<string, string> System => Of(
        (SystemMessageNames.Watch, "tell me when your actor ends: regions and coordinator watch each other"),
        (SystemMessageNames.Unwatch, "no longer"),
        (SystemMessageNames.Ended, "it has ended"));

    /// <summary>What takes the place of Akka's serializers.</summary>
    public static ImmutableHashSet<SerializerDetails> Replacements(ExtendedActorSystem system, Refusals refusals) =>
    [
        .. Rules.Select(rule => (rule.Alias, Replacement: rule.Replacement(system, refusals)))
            .Where(one => one.Replacement is not null)
            .Select(one => SerializerDetails.Create(one.Alias, one.Replacement!, [])),
    ];

    /// <summary>Under the name that Akka gives it now, and the one it will give it once it drops that.</summary>
    private static FrozenDictionary<string, string> Texts => Of(
        ("System.String, System.Private.CoreLib", "by which the answer to an Identify is told from others"),
        ("S", "the same"));

    /// <summary>Akka hands this one serializer its settings.</summary>
    private static PrimitiveSerializers Primitives(ExtendedActorSystem system) =>
        new(system, system.Settings.Config.GetConfig("akka.actor.serialization-settings.primitive"));

    private static FrozenDictionary<string, string> Of(params ReadOnlySpan<(string Manifest, string Why)> messages)
    {
        var result = new Dictionary<string, string>();
        foreach (var (manifest, why) in messages)
        {
            result.Add(manifest, why);
        }

        return result.ToFrozenDictionary();
    }
}
