using Scheduler.Core.Identity;

namespace Scheduler.Cluster.Watching;

/// <summary>All jobs known at its beginning, handed out in equal steps, so that thousands make no burst.</summary>
internal sealed class AnnouncementRound(JobId[] jobs, int steps)
{
    private int _taken;

    public static AnnouncementRound Over { get; } = new([], 0);

    public bool IsOver => _taken >= steps;

    /// <summary>The jobs of the next step; none once it is over.</summary>
    public ReadOnlyMemory<JobId> NextStep()
    {
        if (IsOver)
        {
            return default;
        }

        var (from, to) = (At(_taken), At(_taken + 1));
        _taken++;
        return jobs.AsMemory(from, to - from);
    }

    /// <summary>Rounded up, so that a few come at once.</summary>
    private int At(int step) => (int)((((long)jobs.Length * step) + steps - 1) / steps);
}
