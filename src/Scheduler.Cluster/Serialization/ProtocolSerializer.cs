using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Remoting;
using Scheduler.Cluster.Serialization.Wire;
using Scheduler.Cluster.Watching;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Serialization;

/// <summary>
/// Puts every <see cref="ICrossesNodes"/> message on the wire as Protobuf under a versioned manifest, so that no CLR type name
/// travels and two releases understand each other. Bound in <c>hocon/actors.conf</c>.
/// </summary>
public sealed class ProtocolSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private readonly Refusals? _refusals = system.Settings.Setup.Get<WireSetup>() is { HasValue: true, Value: var setup } ? setup.Refusals : null;

    /// <summary>Unique among serializers; 0–40 are Akka's. Part of the wire format.</summary>
    public override int Identifier => WireTable.Ours;

    public override string Manifest(object o)
    {
        ArgumentNullException.ThrowIfNull(o);
        return ProtocolManifest.Of(o);
    }

    public override byte[] ToBinary(object obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        IMessage message = obj switch
        {
            Take take => take.ToWire(),
            Claim claim => WireFormat.JobGrant(claim.Job, claim.Grant),
            Return returned => returned.ToWire(),
            Granted granted => granted.ToWire(),
            Denied denied => denied.ToWire(),
            Observed observed => observed.ToWire(),
            Snapshot snapshot => snapshot.ToWire(),
            Run run => run.ToWire(),
            Launched launched => new JobMessage { Job = launched.Job.ToWire() },
            NotLaunched notLaunched => notLaunched.ToWire(),
            Seen seen => seen.ToWire(),
            GetLimiterStatus or GetFetcherStatus or GetWatcherStatus => new StatusQueryMessage(),
            LimiterStatus status => status.ToWire(),
            FetcherStatus status => status.ToWire(),
            WatcherStatus status => status.ToWire(),
            _ => throw new ArgumentException($"{obj.GetType()} has no wire format", nameof(obj)),
        };
        return message.ToByteArray();
    }

    /// <exception cref="SerializationException">
    /// The manifest is of a newer release, or the bytes are not what it says. Akka logs it and drops the message.
    /// </exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        try
        {
            MessageSize.Check(manifest, bytes);
            return manifest switch
            {
                ProtocolManifest.Take => TakeMessage.Parser.ParseFrom(bytes).FromWire(),
                ProtocolManifest.Claim => JobGrantMessage.Parser.ParseFrom(bytes) is var m ? new Claim(m.Job.ToJobId(), m.Grant.ToGrantId()) : null!,
                ProtocolManifest.Return => ReturnMessage.Parser.ParseFrom(bytes).FromWire(),
                ProtocolManifest.Granted => GrantedMessage.Parser.ParseFrom(bytes).FromWire(),
                ProtocolManifest.Denied => DeniedMessage.Parser.ParseFrom(bytes).FromWire(),
                ProtocolManifest.Observed => ObservedMessage.Parser.ParseFrom(bytes).FromWire(),
                ProtocolManifest.Snapshot => SnapshotMessage.Parser.ParseFrom(bytes).FromWire(),
                ProtocolManifest.Run => RunMessage.Parser.ParseFrom(bytes).FromWire(),
                ProtocolManifest.Launched => new Launched(JobMessage.Parser.ParseFrom(bytes).Job.ToJobId()),
                ProtocolManifest.NotLaunched => NotLaunchedMessage.Parser.ParseFrom(bytes).FromWire(),
                ProtocolManifest.GetLimiterStatus => GetLimiterStatus.Instance,
                ProtocolManifest.LimiterStatus => LimiterStatusMessage.Parser.ParseFrom(bytes).FromWire(),
                ProtocolManifest.GetFetcherStatus => GetFetcherStatus.Instance,
                ProtocolManifest.FetcherStatus => FetcherStatusMessage.Parser.ParseFrom(bytes).FromWire(),
                ProtocolManifest.GetWatcherStatus => GetWatcherStatus.Instance,
                ProtocolManifest.WatcherStatus => WatcherStatusMessage.Parser.ParseFrom(bytes).FromWire(),
                ProtocolManifest.Seen => SeenMessage.Parser.ParseFrom(bytes).FromWire(),
                _ => throw new SerializationException($"unknown message '{manifest}': sent by a newer release?"),
            };
        }
        catch (Exception error)
        {
            // Whatever it is: any other exception would be taken for a fault of the connection.
            throw _refusals?.Payload(Identifier, manifest, "it is not what it says to be, or of a newer release", error)
                ?? new SerializationException($"a message of ours, '{manifest}', cannot be read", error);
        }
    }
}
