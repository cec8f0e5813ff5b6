using Scheduler.Core.Identity;

namespace Scheduler.Core.Launching;

/// <summary>How much time the create of a Kubernetes Job may take, so that it is over before the grant it uses.</summary>
public static class CreateTime
{
    /// <summary>
    /// What is left of a claimed grant for the create. Counted from when the claim was sent, not from when its answer came:
    /// so the holder always stops before the limiter takes the grant for ended, without their clocks having to agree.
    /// </summary>
    /// <param name="remaining">What the limiter gave.</param>
    /// <param name="sent">Both clocks before the claim was sent.</param>
    /// <param name="now">Both clocks right before the create.</param>
    /// <param name="limits">How long creates may take here.</param>
    /// <returns>The server-side time-out of the create; null when there is too little time to begin it.</returns>
    public static TimeSpan? For(TimeSpan remaining, ClockReading sent, ClockReading now, CreateLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var left = remaining - now.Since(sent) - limits.Margin;
        return left < limits.Shortest ? null
            : left < limits.Longest ? left
            : limits.Longest;
    }
}
