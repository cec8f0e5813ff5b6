namespace Scheduler.Testing.Remoting;

/// <summary>A message as it travels between nodes: how to read it, and its bytes.</summary>
/// <param name="Serializer">Id of the serializer that is asked to read it.</param>
/// <param name="Manifest">What it says to be.</param>
/// <param name="Bytes">Whatever.</param>
public sealed record Payload(int Serializer, string Manifest, byte[] Bytes)
{
    /// <summary>As Akka's own messages hold one.</summary>
    public ProtoBytes ToProto() =>
        new ProtoBytes().Bytes(1, Bytes).Number(2, unchecked((ulong)Serializer)).Text(3, Manifest);

    /// <summary>Within a message to an actor that is known by its path.</summary>
    public Payload Selected(params string[] path)
    {
        ArgumentNullException.ThrowIfNull(path);
        const ulong childName = 2;
        var envelope = new ProtoBytes().Message(1, ToProto());
        foreach (var name in path)
        {
            envelope.Message(2, new ProtoBytes().Number(1, childName).Text(2, name));
        }

        return new Payload(6, "", envelope.ToArray());
    }
}
