using System.Buffers.Binary;
using System.Text;

namespace Scheduler.Testing.Remoting;

/// <summary>A Protobuf message written field by field, right or wrong, as a test wants it.</summary>
public sealed class ProtoBytes
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public ProtoBytes Number(int field, ulong value) => Tag(field, 0).Varint(value);

    public ProtoBytes Fixed(int field, ulong value)
    {
        Tag(field, 1);
        var eight = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(eight, value);
        _bytes.AddRange(eight);
        return this;
    }

    public ProtoBytes Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, 2).Varint((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    public ProtoBytes Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtoBytes Message(int field, ProtoBytes value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Bytes(field, value.ToArray());
    }

    private ProtoBytes Tag(int field, ulong type) => Varint(((ulong)field << 3) | type);

    private ProtoBytes Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Add((byte)(value | 0x80));
        }

        _bytes.Add((byte)value);
        return this;
    }
}
