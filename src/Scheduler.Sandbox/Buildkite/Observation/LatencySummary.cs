namespace Scheduler.Sandbox.Buildkite.Observation;

/// <summary>How a set of durations is spread; all zero when there are none.</summary>
/// <param name="Count">Number of durations.</param>
/// <param name="P50">Half of them took at most so long.</param>
/// <param name="P90">Nine of ten took at most so long.</param>
/// <param name="P99">Ninety-nine of a hundred took at most so long.</param>
/// <param name="Max">The longest.</param>
public sealed record LatencySummary(int Count, TimeSpan P50, TimeSpan P90, TimeSpan P99, TimeSpan Max)
{
    public static LatencySummary Of(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.ToArray();
        Array.Sort(sorted);
        TimeSpan Rank(double share) =>
            sorted.Length == 0 ? TimeSpan.Zero : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
        return new LatencySummary(sorted.Length, Rank(0.5), Rank(0.9), Rank(0.99), Rank(1));
    }
}
