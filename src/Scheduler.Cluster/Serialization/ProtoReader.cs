using System.Buffers.Binary;

namespace Scheduler.Cluster.Serialization;

/// <summary>
/// Walks over the fields of one Protobuf message without building anything: for a look at what came in before anybody reads
/// it. Copies nothing and never throws; what cannot be walked is <see cref="IsBroken"/>.
/// </summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private const int LongestVarint = 10;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>Number of the field that <see cref="Next"/> came to.</summary>
    public int Field { get; private set; }

    /// <summary>Its value where it is a number.</summary>
    public ulong Number { get; private set; }

    /// <summary>Its value where it is bytes, text or a message; else empty.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Whether the current field is bytes, text or a message.</summary>
    public bool IsBytes { get; private set; }

    /// <summary>The bytes end within a field, or are none.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Goes on to the next field; false at the end and when broken.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty || IsBroken)
        {
            return false;
        }

        Number = 0;
        Bytes = default;
        if (!Varint(out var tag) || tag >> 3 is 0 or > int.MaxValue)
        {
            return Broken();
        }

        (Field, IsBytes) = ((int)(tag >> 3), (tag & 7) == 2);
        return (tag & 7) switch
        {
            0 => Varint(out var number) ? Found(number) : Broken(),
            1 => Fixed(sizeof(ulong)),
            2 => Varint(out var length) && length <= (ulong)_rest.Length ? Take((int)length) : Broken(),
            5 => Fixed(sizeof(uint)),
            _ => Broken(),
        };
    }

    private bool Found(ulong number)
    {
        Number = number;
        return true;
    }

    private bool Take(int length)
    {
        Bytes = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    private bool Fixed(int size)
    {
        if (_rest.Length < size)
        {
            return Broken();
        }

        Number = size == sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(_rest) : BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        _rest = _rest[size..];
        return true;
    }

    private bool Varint(out ulong value)
    {
        value = 0;
        for (var at = 0; at < LongestVarint && at < _rest.Length; at++)
        {
            value |= (ulong)(_rest[at] & 0x7F) << (7 * at);
            if ((_rest[at] & 0x80) == 0)
            {
                _rest = _rest[(at + 1)..];
                return true;
            }
        }

        return false;
    }

    private bool Broken()
    {
        IsBroken = true;
        return false;
    }
}
