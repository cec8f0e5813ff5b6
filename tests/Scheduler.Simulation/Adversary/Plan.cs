using System.Collections.Immutable;

namespace Scheduler.Simulation.Adversary;

/// <summary>All that decides a run: the seed, and what a shrunk run leaves out. Equal plans give equal runs.</summary>
internal sealed record Plan(long Seed)
{
    private const int Kinds = 27;

    /// <summary>Faults that take several steps together to do harm, and do so more often when little else goes wrong.</summary>
    private static readonly Fault[] Conspiracies =
    [
        Fault.SlowList | Fault.Rivals,
        Fault.Delete | Fault.WatchBreak | Fault.StaleList | Fault.Duplicate,
        Fault.HandOver | Fault.LateCreate | Fault.Pause,
        Fault.ClockStop | Fault.CreateTrouble,
        Fault.ClockStop | Fault.LeaseTrouble,
        Fault.StoreStandstill | Fault.LateCreate,
        Fault.Restore | Fault.CreateTrouble,
    ];

    /// <summary>Faults that are left out although the seed has them.</summary>
    public Fault Without { get; init; }

    /// <summary>Faults that happen although the seed does not have them.</summary>
    public Fault With { get; init; }

    /// <summary>Single faults that are left out, by the number of their throw.</summary>
    public ImmutableHashSet<long> Spared { get; init; } = [];

    /// <summary>Jobs fewer than the seed has.</summary>
    public int FewerJobs { get; init; }

    /// <summary>When the adversary stops, in milliseconds, if that is sooner than the seed says.</summary>
    public long StopsAt { get; init; } = long.MaxValue;

    /// <summary>
    /// The faults of the seed: a quarter, a half or three quarters of all, so that any few meet often, alone and in company; or
    /// a conspiracy and an eighth of the others.
    /// </summary>
    public Fault Faults()
    {
        var dice = new Dice(Seed ^ 0x5EED_F417, []);
        var conspiracy = dice.Number(0, 1) == 0;
        var faults = conspiracy ? Conspiracies[dice.Number(0, Conspiracies.Length - 1)] : Fault.None;
        var eighths = conspiracy ? 1 : 2 * dice.Number(1, 3);
        for (var kind = 0; kind < Kinds; kind++)
        {
            faults |= dice.Number(1, 8) <= eighths ? (Fault)(1 << kind) : Fault.None;
        }

        faults |= With;

        // A fence counts epochs by the Lease, and a restored Lease has forgotten some: both at once is not promised.
        faults &= (faults & Fault.Restore) != 0 ? ~Fault.ClockStop : ~Fault.None;
        return faults & ~Without;
    }
}
