using System.Globalization;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>Timestamps as the API writes them: ISO 8601, UTC, milliseconds.</summary>
internal static class ApiTime
{
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
