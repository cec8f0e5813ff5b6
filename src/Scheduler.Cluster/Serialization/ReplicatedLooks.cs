using System.IO.Compression;
using System.Text;

namespace Scheduler.Cluster.Serialization;

/// <summary>What is asked of the replicator's messages before they are read. Null = there is nothing to complain of.</summary>
internal static class ReplicatedLooks
{
    /// <summary>Manifest of the replicator's gossip, the only compressed message that is read.</summary>
    public const string Gossip = "N";

    /// <summary>Manifest of a register.</summary>
    public const string Register = "E";

    /// <summary>As far as a small message may be inflated; the greatest frame may not be larger either.</summary>
    private const int Largest = 8 * 1024 * 1024;

    private const int RegisterTypeField = 4;
    private const int TypeNameField = 2;

    /// <summary>
    /// Data of the replicator says of which .NET type it is, and Akka looks that up. Only the one type that is replicated here
    /// may be named, under either of the names that Akka gives it.
    /// </summary>
    private static readonly string[] Types =
    [
        "Akka.Cluster.Sharding.ShardCoordinator+CoordinatorState, Akka.Cluster.Sharding",
        "Akka.Cluster.Sharding.PersistentShardCoordinator+State, Akka.Cluster.Sharding",
    ];

    public static string? TypesOf(string manifest, byte[] bytes) => manifest switch
    {
        Register => NamesOurType(bytes, RegisterTypeField),
        _ => null,
    };

    /// <summary>A small compressed message that becomes a huge one is refused before it does.</summary>
    public static string? Inflated(string manifest, byte[] bytes)
    {
        if (manifest != Gossip)
        {
            return null;
        }

        using var stream = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        Span<byte> buffer = stackalloc byte[4096];
        for (var total = 0; total <= Largest;)
        {
            var read = stream.Read(buffer);
            if (read == 0)
            {
                return null;
            }

            total += read;
        }

        return "it would be too large";
    }

    private static string? NamesOurType(ReadOnlySpan<byte> message, int field)
    {
        var found = 0;
        var fields = new ProtoReader(message);
        while (fields.Next())
        {
            if (fields.Field == field)
            {
                found += IsOurType(fields.Bytes) ? 1 : 2;
            }
        }

        return found == 1 && !fields.IsBroken ? null : "it is of a type that is not replicated here";
    }

    private static bool IsOurType(ReadOnlySpan<byte> descriptor)
    {
        var found = 0;
        var fields = new ProtoReader(descriptor);
        while (fields.Next())
        {
            if (fields.Field == TypeNameField)
            {
                found += Types.Contains(Encoding.UTF8.GetString(fields.Bytes)) ? 1 : 2;
            }
        }

        return found == 1 && !fields.IsBroken;
    }
}
