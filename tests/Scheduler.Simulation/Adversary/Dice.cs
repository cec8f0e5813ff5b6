using System.Collections.Immutable;

namespace Scheduler.Simulation.Adversary;

/// <summary>
/// Throws that depend on the seed and on how many throws went before, but not on what came of them: a fault can be left out
/// and all other throws stay what they were.
/// </summary>
internal sealed class Dice(long seed, ImmutableHashSet<long> spared)
{
    private long _thrown;

    /// <summary>The throws that brought a fault, in order.</summary>
    public List<long> Hits { get; } = [];

    /// <summary>Both bounds included.</summary>
    public int Number(int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        return least + (int)(Next() % (ulong)(most - least + 1));
    }

    /// <summary>A fault with a chance in a thousand, unless it is spared.</summary>
    public bool Hit(int perMille)
    {
        if (Next() % 1000 >= (ulong)perMille)
        {
            return false;
        }

        if (spared.Count > 0 && spared.Contains(_thrown))
        {
            return false;
        }

        Hits.Add(_thrown);
        return true;
    }

    private ulong Next()
    {
        unchecked
        {
            var mixed = (ulong)seed + ((ulong)++_thrown * 0x9E37_79B9_7F4A_7C15UL);
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EBUL;
            return mixed ^ (mixed >> 31);
        }
    }
}
