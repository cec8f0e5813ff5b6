using System.Globalization;
using System.Text.RegularExpressions;
using Scheduler.Sandbox.Kubernetes.Errors;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>The <c>timeout</c> parameter of a request, running from its arrival.</summary>
/// <param name="timeout">The whole of it.</param>
/// <param name="time">The clock.</param>
internal sealed partial class RequestDeadline(TimeSpan timeout, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public TimeSpan Remaining => timeout - time.GetElapsedTime(_start);

    public ApiError Error => ApiError.TimedOut(timeout);

    /// <exception cref="ApiError">504 when the time is over.</exception>
    public void ThrowIfOver()
    {
        if (Remaining <= TimeSpan.Zero)
        {
            throw Error;
        }
    }

    /// <summary>Reads a Go duration such as <c>1m30s</c> or <c>250ms</c>; like the real server, ignores what is none.</summary>
    public static RequestDeadline? Parse(string text, TimeProvider time)
    {
        var match = Duration().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var numbers = match.Groups["number"].Captures;
        var units = match.Groups["unit"].Captures;
        var total = TimeSpan.Zero;
        for (var i = 0; i < numbers.Count; i++)
        {
            total += Unit(units[i].Value) * double.Parse(numbers[i].ValueSpan, CultureInfo.InvariantCulture);
        }

        return total > TimeSpan.Zero ? new RequestDeadline(total, time) : null;
    }

    private static TimeSpan Unit(string name) => name switch
    {
        "h" => TimeSpan.FromHours(1),
        "m" => TimeSpan.FromMinutes(1),
        "s" => TimeSpan.FromSeconds(1),
        "ms" => TimeSpan.FromMilliseconds(1),
        _ => TimeSpan.FromMicroseconds(1),
    };

    [GeneratedRegex(@"\A((?<number>\d+(\.\d+)?)(?<unit>h|ms|m|s|us|µs))+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Duration();
}
