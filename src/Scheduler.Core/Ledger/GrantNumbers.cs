using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Scheduler.Core.Identity;

namespace Scheduler.Core.Ledger;

/// <summary>
/// The numbers of grants, made so that nobody can guess one. A Job that carries a grant settles it, which is proof only if none but
/// the grant's holder can have written it there: until its Job exists the number is known to members of the cluster alone, and
/// whoever copies it from that Job comes after it.
/// </summary>
/// <param name="key">At least 16 bytes, secret, drawn anew by each process. A copy is kept.</param>
public sealed class GrantNumbers(ReadOnlySpan<byte> key)
{
    private readonly ImmutableArray<byte> _key = [.. key];

    /// <summary>With a key that nobody has seen.</summary>
    public static GrantNumbers Secret() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>
    /// Positive. Two of one epoch may be equal, with a chance of about 1 in 2⁶³ each: grants are told apart within a job.
    /// </summary>
    /// <param name="epoch">The limiter's.</param>
    /// <param name="count">How many it has made in it, this one included.</param>
    public long Of(Epoch epoch, long count)
    {
        Span<byte> input = stackalloc byte[16];
        Span<byte> output = stackalloc byte[HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64LittleEndian(input, epoch.Value);
        BinaryPrimitives.WriteInt64LittleEndian(input[8..], count);
        HMACSHA256.HashData(_key.AsSpan(), input, output);
        return Math.Max(1, BinaryPrimitives.ReadInt64LittleEndian(output) & long.MaxValue);
    }
}
