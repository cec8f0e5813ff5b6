using System.Globalization;

namespace Scheduler.Core.Text;

/// <summary>Durations in messages for people. Negative ones, which clocks that disagree can make, show as zero.</summary>
public static class HumanDuration
{
    /// <summary>As kubectl writes ages: <c>119s</c>, <c>9m5s</c>, <c>2h30m</c>, <c>3d4h</c>; the longer, the coarser.</summary>
    public static string Rough(TimeSpan duration)
    {
        var (seconds, minutes, hours) = ((long)duration.TotalSeconds, (long)duration.TotalMinutes, (long)duration.TotalHours);
        return seconds switch
        {
            < 0 => "0s",
            < 120 => Text(seconds, "s"),
            < 600 => Text(minutes, "m") + Rest(seconds % 60, "s"),
            < 3 * 3600 => Text(minutes, "m"),
            < 8 * 3600 => Text(hours, "h") + Rest(minutes % 60, "m"),
            < 48 * 3600 => Text(hours, "h"),
            < 8 * 24 * 3600 => Text(hours / 24, "d") + Rest(hours % 24, "h"),
            < 2 * 365 * 24 * 3600L => Text(hours / 24, "d"),
            < 8 * 365 * 24 * 3600L => Text(hours / 24 / 365, "y") + Rest(hours / 24 % 365, "d"),
            _ => Text(hours / 24 / 365, "y"),
        };
    }

    /// <summary>To the second, as Go writes durations: <c>15m3s</c>, <c>1h0m0s</c>.</summary>
    public static string ToTheSecond(TimeSpan duration)
    {
        var seconds = Math.Max(0, (long)Math.Round(duration.TotalSeconds, MidpointRounding.AwayFromZero));
        return seconds switch
        {
            < 60 => Text(seconds, "s"),
            < 3600 => Text(seconds / 60, "m") + Text(seconds % 60, "s"),
            _ => Text(seconds / 3600, "h") + Text(seconds / 60 % 60, "m") + Text(seconds % 60, "s"),
        };
    }

    private static string Text(long number, string unit) => number.ToString(CultureInfo.InvariantCulture) + unit;

    private static string Rest(long number, string unit) => number == 0 ? "" : Text(number, unit);
}
