using Scheduler.Core.Launching;
using Scheduler.Kubernetes.Leases;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>The durations of leases, which must fit together and to what is granted under them.</summary>
internal static class LeaseTimingRules
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    /// <summary>What a create needs, and a second to get to it.</summary>
    private static readonly TimeSpan ShortestHold = new CreateLimits().Least + TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);

    public static void Check(ControllerOptions options, ConfigurationDraft draft)
    {
        if (!draft.CanJudge("lease-duration") || !draft.CanJudge("lease-renew-interval") || !draft.CanJudge("lease-operation-timeout"))
        {
            return;
        }

        var duration = options.LeaseDuration;
        if (duration < Shortest || duration > Longest)
        {
            draft.Refuse(
                "lease-duration",
                Text(duration),
                $"lease-duration must be from {Text(Shortest)} to {Text(Longest)}, not {Text(duration)}",
                "set it within that range");
            return;
        }

        BelowHalf("lease-renew-interval", options.LeaseRenewInterval);
        BelowHalf("lease-operation-timeout", options.LeaseOperationTimeout);

        // A token is asked for only while the lease holds; each renewal may be late by one interval.
        var hold = duration - LeaseOptions.For(options, "-", "-").SafetyMargin - options.LeaseRenewInterval;
        if (hold < ShortestHold)
        {
            draft.Refuse(
                "lease-duration",
                Text(duration),
                $"lease-duration {Text(duration)} leaves {Text(hold)} between renewals in which Jobs can be created; {Text(ShortestHold)} are needed",
                "raise it or lower lease-renew-interval");
        }
        else if (options.TakeTimeout >= hold && draft.CanJudge("take-timeout"))
        {
            draft.Refuse(
                "take-timeout",
                Text(options.TakeTimeout),
                $"take-timeout must be below {Text(hold)}, for which the limiter's lease is sure to hold, not {Text(options.TakeTimeout)}",
                "lower it (the default is 3s) or raise lease-duration");
        }

        void BelowHalf(string key, TimeSpan value)
        {
            if (value < ShortestInterval || value >= duration / 2)
            {
                draft.Refuse(
                    key,
                    Text(value),
                    $"{key} must be at least {Text(ShortestInterval)} and below half of lease-duration {Text(duration)}, not {Text(value)}",
                    $"lower {key} or raise lease-duration");
            }
        }
    }

    private static string Text(TimeSpan duration) => GoDuration.FormatShort(duration);
}
