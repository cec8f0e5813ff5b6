using System.Globalization;
using System.Net.Http.Headers;

namespace Scheduler.Buildkite.Transport;

/// <summary>What an answer's headers say about when to call again (stacks-api.md §12). Unreadable values count as absent.</summary>
/// <param name="RetryAfter">The service's wish to be left alone.</param>
/// <param name="Scope">The rate limit the call counted against.</param>
/// <param name="Remaining">Calls left in the current window.</param>
/// <param name="Reset">Until the next window.</param>
internal readonly record struct ServerHints(TimeSpan? RetryAfter, string? Scope, long? Remaining, TimeSpan? Reset)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>The window is used up: another call now would be refused.</summary>
    public bool Exhausted => Remaining <= 0 && Reset > TimeSpan.Zero;

    /// <param name="headers">Of the answer.</param>
    /// <param name="now">Our clock, for dates in answers that do not carry the server's.</param>
    public static ServerHints Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var scope = Value(headers, "RateLimit-Scope");
        return new ServerHints(
            RetryAfterOf(Value(headers, "Retry-After"), Value(headers, "Date"), now),
            string.IsNullOrWhiteSpace(scope) ? null : scope,
            long.TryParse(Value(headers, "RateLimit-Remaining"), CultureInfo.InvariantCulture, out var remaining) ? remaining : null,
            Seconds(Value(headers, "RateLimit-Reset")));
    }

    private static TimeSpan? RetryAfterOf(string? text, string? serverDate, DateTimeOffset now)
    {
        if (Seconds(text) is { } seconds)
        {
            return seconds;
        }

        if (!HttpDate(text, out var date))
        {
            return null;
        }

        var wait = date - (HttpDate(serverDate, out var serverNow) ? serverNow : now);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static bool HttpDate(string? text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);

    private static TimeSpan? Seconds(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? seconds < (decimal)Longest.TotalSeconds ? TimeSpan.FromSeconds((double)seconds) : Longest
            : null;

    private static string? Value(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString().Trim() : null;
}
