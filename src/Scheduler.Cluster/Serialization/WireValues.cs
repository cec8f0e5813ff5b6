namespace Scheduler.Cluster.Serialization;

/// <summary>
/// Values of our messages as they come in: within what an actor can count with, whoever sent them. Where Kubernetes or a user
/// is behind a value it is cut to fit, so that no fact is lost; where only a node is, what does not fit is refused.
/// </summary>
internal static class WireValues
{
    /// <summary>Nothing here is longer than what Kubernetes keeps of an object's messages.</summary>
    private const int LongestText = 65_536;

    private const int MostInList = 4096;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(3650);
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(36_500);
    private static readonly DateTimeOffset LatestTime = new(3000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How long somebody waits for something or may use it.</summary>
    /// <exception cref="ArgumentException">Negative, or longer than ten years.</exception>
    public static TimeSpan Wait(long ms) => ms >= 0 && ms <= LongestWait.TotalMilliseconds
        ? TimeSpan.FromMilliseconds(ms)
        : throw new ArgumentException($"{ms} ms is no time to wait", nameof(ms));

    /// <summary>A span of time that a user chose or somebody measured: cut at a hundred years, either way.</summary>
    public static TimeSpan Span(long ms) =>
        TimeSpan.FromMilliseconds(Math.Clamp(ms, -(long)LongestSpan.TotalMilliseconds, (long)LongestSpan.TotalMilliseconds));

    /// <summary>A point in time, at most the year 3000.</summary>
    /// <exception cref="ArgumentException">No such time.</exception>
    public static DateTimeOffset Time(long unixMs) => unixMs <= LatestTime.ToUnixTimeMilliseconds()
        ? DateTimeOffset.FromUnixTimeMilliseconds(unixMs)
        : throw new ArgumentException($"{unixMs} is not a time", nameof(unixMs));

    public static string Text(string text) => text.Length <= LongestText ? text : text[..LongestText];

    /// <exception cref="ArgumentException">Negative.</exception>
    public static int Count(int count) => count >= 0 ? count : throw new ArgumentException($"{count} is not a number of things", nameof(count));

    /// <exception cref="ArgumentException">Too long.</exception>
    public static IReadOnlyList<T> Few<T>(IReadOnlyList<T> list) =>
        list.Count <= MostInList ? list : throw new ArgumentException($"a list of {list.Count}", nameof(list));
}
