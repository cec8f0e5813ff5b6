using Akka.Actor;
using Akka.Serialization;
using Scheduler.Cluster.Remoting;

namespace Scheduler.Cluster.Serialization;

/// <summary>
/// Reads and writes with one of Akka's serializers, but only the messages of its <see cref="WireRule.Narrowed"/>. Whatever
/// is wrong with a payload, the answer is a <see cref="PayloadRefusedException"/>. Messages that hold messages come through here for
/// each of them, so a rule holds at every depth, and there is a greatest depth.
/// </summary>
internal sealed class NarrowedSerializer(ExtendedActorSystem system, WireRule.Narrowed rule, Serializer inner, Refusals refusals)
    : SerializerWithStringManifest(system)
{
    /// <summary>The cluster needs three: a replicator's message, the register in it, the state in that.</summary>
    private const int GreatestDepth = 6;

    /// <summary>Reading is synchronous, so the depth is the thread's.</summary>
    [ThreadStatic]
    private static int Depth;

    public override int Identifier => rule.Id;

    public override string Manifest(object o)
    {
        ArgumentNullException.ThrowIfNull(o);
        return Sendable(o);
    }

    public override byte[] ToBinary(object obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        Sendable(obj);
        return inner.ToBinary(obj);
    }

    /// <exception cref="PayloadRefusedException">The message is not one that nodes exchange, or its bytes are not what it says.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        manifest ??= "";
        if (!rule.Manifests.ContainsKey(manifest))
        {
            throw refusals.Payload(rule.Id, manifest, "nodes do not exchange this message");
        }

        if (Depth >= GreatestDepth)
        {
            throw refusals.Payload(rule.Id, manifest, $"messages within messages, deeper than {GreatestDepth}");
        }

        Depth++;
        try
        {
            return Read(bytes, manifest);
        }
        catch (Exception error) when (error is not PayloadRefusedException)
        {
            throw WithinIt(error) ?? refusals.Payload(rule.Id, manifest, "its bytes cannot be read", error);
        }
        finally
        {
            Depth--;
        }
    }

    private object Read(byte[] bytes, string manifest)
    {
        if (rule.LookBefore(manifest, bytes) is { } complaint)
        {
            throw refusals.Payload(rule.Id, manifest, complaint);
        }

        var message = inner switch
        {
            SerializerWithStringManifest named => named.FromBinary(bytes, manifest),
            _ => inner.FromBinary(bytes, SystemMessageNames.TypeOf(manifest)),
        };
        return rule.LookAfter(message) is { } objection ? throw refusals.Payload(rule.Id, manifest, objection) : message;
    }

    /// <summary>The refusal of a message within the message, counted there. Akka wraps it, sometimes.</summary>
    private static PayloadRefusedException? WithinIt(Exception error)
    {
        for (var inner = error.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is PayloadRefusedException refused)
            {
                return refused;
            }
        }

        return null;
    }

    private string Sendable(object message)
    {
        var manifest = inner switch
        {
            SerializerWithStringManifest named => named.Manifest(message),
            { IncludeManifest: true } => SystemMessageNames.NameOf(message),
            _ => "",
        };
        return rule.Manifests.ContainsKey(manifest)
            ? manifest
            : throw new ArgumentException($"{message.GetType()} is not among the messages that nodes exchange (serializer {rule.Id})", nameof(message));
    }
}
