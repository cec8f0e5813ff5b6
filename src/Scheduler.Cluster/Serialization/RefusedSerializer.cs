using Akka.Actor;
using Akka.Serialization;
using Scheduler.Cluster.Remoting;

namespace Scheduler.Cluster.Serialization;

/// <summary>
/// Stands where one of Akka's serializers would, and reads and writes nothing. It takes string manifests, since for any other
/// kind Akka looks up the .NET type that the sender names before it asks the serializer.
/// </summary>
internal sealed class RefusedSerializer(ExtendedActorSystem system, int id, string why, Refusals refusals) : SerializerWithStringManifest(system)
{
    public override int Identifier => id;

    /// <exception cref="ArgumentException">Always: what has no format of ours does not leave the process.</exception>
    public override string Manifest(object o) => throw Unsendable(o);

    /// <exception cref="ArgumentException">Always.</exception>
    public override byte[] ToBinary(object obj) => throw Unsendable(obj);

    /// <exception cref="PayloadRefusedException">Always.</exception>
    public override object FromBinary(byte[] bytes, string manifest) => throw refusals.Payload(id, manifest, why);

    private ArgumentException Unsendable(object? message) => new($"{message?.GetType()} does not cross nodes: {why}", nameof(message));
}
