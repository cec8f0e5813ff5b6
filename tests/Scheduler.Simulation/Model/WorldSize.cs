using Scheduler.Simulation.Adversary;

namespace Scheduler.Simulation.Model;

/// <summary>How large a run is. Mostly small: what breaks with many jobs mostly breaks with few.</summary>
internal sealed class WorldSize
{
    public WorldSize(Dice dice, Plan plan)
    {
        var isLarge = plan.Seed % 16 == 15;
        Limit = isLarge ? dice.Number(5, 12) : Math.Max(1, dice.Number(0, 3));
        Jobs = Math.Max(1, (isLarge ? dice.Number(15, 40) : dice.Number(3, 9)) - plan.FewerJobs);
        Adopted = dice.Number(0, 5) == 0 ? dice.Number(1, 3) : 0;
        StormEnds = Math.Min(plan.StopsAt, dice.Number(15, 60) * 1000L);
        TimeIsUp = StormEnds + 400_000;
    }

    public int Limit { get; }

    public int Jobs { get; }

    /// <summary>Unfinished Jobs without a grant that are there from the beginning, perhaps beyond the limit.</summary>
    public int Adopted { get; }

    /// <summary>When the adversary stops.</summary>
    public long StormEnds { get; }

    /// <summary>When all must be at rest.</summary>
    public long TimeIsUp { get; }
}
