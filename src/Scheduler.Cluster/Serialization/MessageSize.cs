namespace Scheduler.Cluster.Serialization;

/// <summary>
/// How large a message of ours may be, by its bytes. A frame may hold millions of empty parts, each of which becomes an object when it is
/// parsed; so this is asked before.
/// </summary>
internal static class MessageSize
{
    /// <summary>A pod with all that is told of its containers has a few thousand bytes.</summary>
    private const int OfMost = 512 * 1024;

    /// <summary>A job's id with its field.</summary>
    private const int OfLeastEntry = 18;

    private const int JobsOfSnapshot = 1;
    private const int HoldersOfStatus = 9;

    /// <exception cref="ArgumentException">It is larger, or has more parts than there are jobs in it.</exception>
    public static void Check(string manifest, byte[] bytes)
    {
        switch (manifest)
        {
            // As many entries as there are jobs: the frame is their bound, if each entry is one.
            case ProtocolManifest.Snapshot:
                CheckEntries(bytes, JobsOfSnapshot);
                break;
            case ProtocolManifest.LimiterStatus:
                CheckEntries(bytes, HoldersOfStatus);
                break;
            case var _ when bytes.Length > OfMost:
                throw new ArgumentException($"{bytes.Length} bytes are too many", nameof(bytes));
        }
    }

    private static void CheckEntries(byte[] bytes, int field)
    {
        var fields = new ProtoReader(bytes);
        while (fields.Next())
        {
            if (fields.Field == field && fields.Bytes.Length < OfLeastEntry)
            {
                throw new ArgumentException("an entry without a job", nameof(bytes));
            }
        }
    }
}
