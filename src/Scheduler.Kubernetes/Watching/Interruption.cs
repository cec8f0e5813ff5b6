using System.Net;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Connection;

namespace Scheduler.Kubernetes.Watching;

/// <summary>What an error means for a list or watch.</summary>
/// <param name="Reason">For an operator.</param>
/// <param name="Error">What was thrown, if anything.</param>
/// <param name="LosesPosition">Changes may have been missed, so that only a list helps.</param>
/// <param name="RetryAfter">The wait the server asks for.</param>
internal sealed record Interruption(string Reason, Exception? Error, bool LosesPosition, TimeSpan? RetryAfter)
{
    private static readonly TimeSpan LongestObeyed = TimeSpan.FromMinutes(1);

    public bool IsExpiry { get; private init; }

    /// <summary>Revisions went back, which they never do in one history of the store.</summary>
    public static Interruption NewHistory(Revision known, Revision met) =>
        new($"the API server is at revision {met} after it was at {known}: its store was restored, so everything is listed anew", null, true, null)
        {
            IsExpiry = true,
        };

    public static Interruption Of(Exception error) => error switch
    {
        ApiException { Status: HttpStatusCode.Gone } gone => new(gone.Message, gone, true, null) { IsExpiry = true },
        ApiException refused => new(refused.Message, refused, false, refused.RetryAfter),
        HttpRequestException or OperationCanceledException => new(error.Message, error, false, null),
        _ => new(error.Message, error, true, null),
    };

    /// <summary>The wait before the next attempt.</summary>
    /// <param name="failures">Failures in a row, this one included.</param>
    /// <param name="chance">0 to 1.</param>
    public TimeSpan Delay(int failures, double chance)
    {
        // A forgotten position is nobody's failure: the list helps at once.
        if (IsExpiry && failures == 1)
        {
            return TimeSpan.Zero;
        }

        var asked = RetryAfter is { } wait && wait > LongestObeyed ? LongestObeyed : RetryAfter ?? TimeSpan.Zero;
        var own = WatchBackOff.After(failures, chance);
        return asked > own ? asked : own;
    }
}
