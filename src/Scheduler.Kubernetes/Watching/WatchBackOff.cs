namespace Scheduler.Kubernetes.Watching;

/// <summary>How long to wait before the next attempt after so many failures in a row.</summary>
public static class WatchBackOff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <param name="failures">Failures in a row, at least 1.</param>
    /// <param name="chance">0 to 1: spreads the attempts of many over the second half of the wait.</param>
    public static TimeSpan After(int failures, double chance)
    {
        var full = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(failures - 1, 16)));
        return full * (0.5 + (chance / 2));
    }
}
