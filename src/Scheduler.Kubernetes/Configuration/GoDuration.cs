using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>Durations as Go writes and reads them: <c>1h30m</c>, <c>500ms</c>, <c>-5s</c> (configuration.md §5).</summary>
public static partial class GoDuration
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>True for a sign, then <c>0</c> or numbers each with a unit of ns, us, µs, ms, s, m, h; no blanks.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        var match = Syntax().Match(text ?? "");
        if (!match.Success)
        {
            return false;
        }

        var nanoseconds = 0m;
        foreach (Capture part in match.Groups["part"].Captures)
        {
            var unitAt = part.Value.AsSpan().IndexOfAnyExcept(NumberCharacters);
            if (!decimal.TryParse(part.Value.AsSpan(0, unitAt), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            nanoseconds += number * NanosecondsIn(part.Value[unitAt..]);
            if (nanoseconds > long.MaxValue)
            {
                return false;
            }
        }

        duration = TimeSpan.FromTicks((long)(nanoseconds / 100) * (match.Groups["sign"].Value == "-" ? -1 : 1));
        return true;
    }

    /// <summary>Go's normal form: <c>1h0m0s</c>, <c>1.5s</c>, <c>250µs</c>, <c>0s</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        var (sign, ticks) = duration < TimeSpan.Zero ? ("-", -(decimal)duration.Ticks) : ("", (decimal)duration.Ticks);
        if (ticks < TimeSpan.TicksPerSecond)
        {
            var (unit, size) = ticks >= TimeSpan.TicksPerMillisecond ? ("ms", (decimal)TimeSpan.TicksPerMillisecond)
                : ticks >= TimeSpan.TicksPerMicrosecond ? ("µs", TimeSpan.TicksPerMicrosecond)
                : ("ns", 0.01m);
            return sign + Number(ticks / size) + unit;
        }

        var text = new StringBuilder(sign);
        var hours = decimal.Truncate(ticks / TimeSpan.TicksPerHour);
        var minutes = decimal.Truncate((ticks % TimeSpan.TicksPerHour) / TimeSpan.TicksPerMinute);
        if (hours > 0)
        {
            text.Append(Number(hours)).Append('h');
        }

        if (hours > 0 || minutes > 0)
        {
            text.Append(Number(minutes)).Append('m');
        }

        return text.Append(Number(ticks % TimeSpan.TicksPerMinute / TimeSpan.TicksPerSecond)).Append('s').ToString();
    }

    /// <summary>As people write it: <c>10m</c> for what Go prints as <c>10m0s</c>.</summary>
    public static string FormatShort(TimeSpan duration)
    {
        var text = Format(duration);
        text = text.EndsWith("m0s", StringComparison.Ordinal) ? text[..^2] : text;
        return text.EndsWith("h0m", StringComparison.Ordinal) ? text[..^2] : text;
    }

    private static string Number(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);

    private static decimal NanosecondsIn(string unit) => unit switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        _ => 3_600_000_000_000,
    };

    [GeneratedRegex(@"\A(?<sign>[+-]?)(?:0|(?<part>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Syntax();
}
