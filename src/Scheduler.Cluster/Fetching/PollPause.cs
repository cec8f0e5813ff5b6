using Scheduler.Buildkite;

namespace Scheduler.Cluster.Fetching;

/// <summary>How long to leave the list alone after it failed.</summary>
internal static class PollPause
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestObeyed = TimeSpan.FromMinutes(2);

    /// <summary>What the service asked for, within reason.</summary>
    public static TimeSpan Obey(TimeSpan? asked) => asked is not { } wait ? TimeSpan.Zero : wait < LongestObeyed ? wait : LongestObeyed;

    /// <summary>
    /// A passing fault is tried again at the next poll, or when the service asks for it. A refusal (4xx) was answered by a new
    /// registration; one that persists is met ever more slowly.
    /// </summary>
    /// <param name="error">Why it failed.</param>
    /// <param name="failures">Failures in a row, this one included.</param>
    /// <param name="interval">Time between polls.</param>
    public static TimeSpan After(Exception error, int failures, TimeSpan interval)
    {
        if (error is StacksApiException { RetryAfter: { } asked })
        {
            return Obey(asked);
        }

        if (error is not StacksApiException { IsTransient: false })
        {
            return TimeSpan.Zero;
        }

        var grown = interval * Math.Pow(2, Math.Min(failures, 10) - 1);
        return grown < Longest ? grown : Longest;
    }
}
