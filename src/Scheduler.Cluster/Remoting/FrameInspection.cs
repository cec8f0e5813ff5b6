using Scheduler.Cluster.Serialization;

namespace Scheduler.Cluster.Remoting;

/// <summary>
/// Looks at each frame of one connection before Akka does, and says what to do with it. Akka trusts its peers: a number in
/// a frame of a hundred bytes can make it build a set of any size. Not for several threads; a connection has one at a time.
/// </summary>
internal sealed class FrameInspection
{
    /// <summary>A handshake takes about a hundred bytes.</summary>
    private const int LargestHandshake = 4096;

    private const int LongestPath = 4096;
    private const int LongestManifest = 1024;

    /// <summary>A receipt lists the system messages that are missing, eight bytes each; nodes have a handful on their way.</summary>
    private const int LargestReceipt = 8192;

    /// <summary>System messages that a peer may be ahead of what came before on this connection.</summary>
    private const long FurthestAhead = 1024;

    /// <summary>
    /// The number with which a connection may begin. A peer counts its system messages for as long as both processes live, and
    /// goes on where it was when it connects again. Akka builds a set of all that it believes to have missed.
    /// </summary>
    private const long LatestBeginning = 65_536;

    /// <summary>For a message that is not counted.</summary>
    private const ulong NoNumber = ulong.MaxValue;

    private const ulong Associate = 1;
    private const ulong Disassociate = 2;
    private const ulong ShuttingDown = 4;
    private const ulong Quarantined = 5;

    private long? _latest;

    /// <summary>Whether a handshake has come.</summary>
    public bool IsIntroduced { get; private set; }

    public FrameVerdict Look(ReadOnlySpan<byte> frame)
    {
        var parts = new Parts(frame);
        if (!parts.IsSound || parts.First.Count + parts.Second.Count != 1)
        {
            return FrameVerdict.Malformed("not a frame of Akka's protocol");
        }

        if (!IsIntroduced)
        {
            return frame.Length <= LargestHandshake && parts.Second.Count == 1
                ? Beginning(parts.Second.Bytes)
                : FrameVerdict.Malformed("it did not begin with a handshake");
        }

        return parts.Second.Count == 1 ? FrameVerdict.Fine : Container(parts.First.Bytes);
    }

    /// <summary>A node begins with a handshake, or says that it will have none.</summary>
    private FrameVerdict Beginning(ReadOnlySpan<byte> instruction)
    {
        var parts = new Parts(instruction);
        IsIntroduced = parts is { IsSound: true, First: { Count: 1, Number: Associate }, Second.Count: 1 };
        return IsIntroduced || parts is { IsSound: true, First: { Count: 1, Number: Disassociate or ShuttingDown or Quarantined } }
            ? FrameVerdict.Fine
            : FrameVerdict.Malformed("it did not begin with a handshake");
    }

    private FrameVerdict Container(ReadOnlySpan<byte> container)
    {
        var parts = new Parts(container);
        return !parts.IsSound || parts.First.Count + parts.Second.Count == 0 ? FrameVerdict.Malformed("it holds no message")
            : parts.First.Bytes.Length > LargestReceipt ? FrameVerdict.Malformed("it claims to miss too much")
            : parts.Second.Count == 1 ? Envelope(parts.Second.Bytes)
            : FrameVerdict.Fine;
    }

    private FrameVerdict Envelope(ReadOnlySpan<byte> envelope)
    {
        var parts = new Parts(envelope);
        if (!parts.IsSound || parts.First.Count + parts.Second.Count != 2 || !IsPath(parts.First) || (parts.Fourth.Count == 1 && !IsPath(parts.Fourth)))
        {
            return FrameVerdict.Malformed("its message has no recipient, or no bytes");
        }

        if (!Follows(parts.Fifth.Number))
        {
            return FrameVerdict.Malformed("its system messages are numbered as no node numbers them");
        }

        var payload = new Parts(parts.Second.Bytes);
        var serializer = (int)payload.Second.Number;
        return !payload.IsSound || payload.Third.Bytes.Length > LongestManifest ? FrameVerdict.Malformed("its message cannot be read")
            : WireTable.Ids.Contains(serializer) ? FrameVerdict.Fine
            : FrameVerdict.Unknown(serializer);
    }

    private static bool IsPath(Part actor) =>
        new Parts(actor.Bytes) is { IsSound: true, First: { Count: 1, Bytes.Length: > 0 and <= LongestPath } };

    private bool Follows(ulong number)
    {
        if (number == NoNumber)
        {
            return true;
        }

        var greatest = _latest is { } latest ? latest + FurthestAhead : LatestBeginning;
        if (number > (ulong)greatest)
        {
            return false;
        }

        _latest = Math.Max(_latest ?? 0, (long)number);
        return true;
    }

    /// <summary>A field as the message has it: how often, and what last.</summary>
    private ref struct Part
    {
        public int Count;
        public ulong Number;
        public ReadOnlySpan<byte> Bytes;

        public void Put(in ProtoReader field)
        {
            Count++;
            Number = field.Number;
            Bytes = field.Bytes;
        }
    }

    /// <summary>The fields 1 to 5 of a message of Akka's. It is sound if it can be walked to its end and none of them is there twice.</summary>
    private ref struct Parts
    {
        public Part First;
        public Part Second;
        public Part Third;
        public Part Fourth;
        public Part Fifth;
        public bool IsSound;

        public Parts(ReadOnlySpan<byte> message)
        {
            var fields = new ProtoReader(message);
            while (fields.Next())
            {
                switch (fields.Field)
                {
                    case 1: First.Put(fields); break;
                    case 2: Second.Put(fields); break;
                    case 3: Third.Put(fields); break;
                    case 4: Fourth.Put(fields); break;
                    case 5: Fifth.Put(fields); break;
                }
            }

            IsSound = !fields.IsBroken && int.Max(int.Max(First.Count, Second.Count), int.Max(int.Max(Third.Count, Fourth.Count), Fifth.Count)) <= 1;
        }
    }
}
