using System.Collections.Frozen;
using Akka.Actor;
using Akka.Serialization;
using Scheduler.Cluster.Remoting;

namespace Scheduler.Cluster.Serialization;

/// <summary>What becomes of a payload that names a certain serializer.</summary>
/// <param name="Id">The serializer's id on the wire.</param>
/// <param name="Alias">Its name in Akka's configuration, under which types are bound to it.</param>
/// <param name="Why">Why it is read, or not.</param>
internal abstract record WireRule(int Id, string Alias, string Why)
{
    /// <summary>What takes the serializer's place; null = the serializer itself.</summary>
    public abstract Serializer? Replacement(ExtendedActorSystem system, Refusals refusals);

    /// <summary>Read as it is.</summary>
    public sealed record Kept(int Id, string Alias, string Why) : WireRule(Id, Alias, Why)
    {
        public override Serializer? Replacement(ExtendedActorSystem system, Refusals refusals) => null;
    }

    /// <summary>Neither read nor written.</summary>
    public sealed record Refused(int Id, string Alias, string Why) : WireRule(Id, Alias, Why)
    {
        public override Serializer Replacement(ExtendedActorSystem system, Refusals refusals) => new RefusedSerializer(system, Id, Why, refusals);
    }

    /// <summary>Only these messages are read and written, by Akka's own serializer.</summary>
    /// <param name="Id">As above.</param>
    /// <param name="Alias">As above.</param>
    /// <param name="Why">As above.</param>
    /// <param name="Inner">Makes Akka's serializer.</param>
    /// <param name="Manifests">What may be read, each with the reason.</param>
    public sealed record Narrowed(
        int Id, string Alias, string Why, Func<ExtendedActorSystem, Serializer> Inner, FrozenDictionary<string, string> Manifests) : WireRule(Id, Alias, Why)
    {
        /// <summary>A further look at the bytes before they are read; null = there is nothing to complain of.</summary>
        public Func<string, byte[], string?> LookBefore { get; init; } = (_, _) => null;

        /// <summary>A further look at the message before it is given on.</summary>
        public Func<object, string?> LookAfter { get; init; } = _ => null;

        public override Serializer Replacement(ExtendedActorSystem system, Refusals refusals) =>
            new NarrowedSerializer(system, this, Inner(system), refusals);
    }
}
