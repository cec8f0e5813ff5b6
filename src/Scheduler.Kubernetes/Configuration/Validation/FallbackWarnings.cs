using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>Values that act as others: valid in the original, hardly meant.</summary>
internal static class FallbackWarnings
{
    public static void Check(ControllerOptions options, ConfigurationDraft draft)
    {
        var defaults = new ControllerOptions();
        ActsAs("image-pull-backoff-grace-period", options.ImagePullBackoffGracePeriod, TimeSpan.Zero, defaults.ImagePullBackoffGracePeriod);
        ActsAs("pod-pending-timeout", options.PodPendingTimeout, TimeSpan.Zero, defaults.PodPendingTimeout);
        ActsAs("job-cancel-checker-poll-interval", options.JobCancelCheckerPollInterval, TimeSpan.Zero, defaults.JobCancelCheckerPollInterval);
        ActsAs("poll-interval", options.PollInterval, defaults.PollInterval - TimeSpan.FromTicks(1), defaults.PollInterval);
        if (options.HttpTimeout <= TimeSpan.Zero)
        {
            Warn("http-timeout", Text(options.HttpTimeout), options.HttpTimeout < TimeSpan.Zero ? "no limit" : "60s");
        }

        if (options.JobCreationConcurrency <= 0)
        {
            Warn("job-creation-concurrency", $"{options.JobCreationConcurrency}", $"{defaults.JobCreationConcurrency}");
        }

        if (options.WorkQueueLimit <= 0)
        {
            Warn("work-queue-limit", $"{options.WorkQueueLimit}", $"{defaults.WorkQueueLimit}");
        }

        var expiry = TimeSpan.FromSeconds(options.ReservationExpirySeconds);
        if (expiry > TimeSpan.Zero && expiry < options.ReservationGrace)
        {
            Warn("reservation-grace", Text(options.ReservationGrace), $"{Text(expiry)}, the reservation-expiry-seconds");
        }

        void ActsAs(string key, TimeSpan value, TimeSpan highest, TimeSpan acts)
        {
            if (value <= highest)
            {
                Warn(key, Text(value), Text(acts));
            }
        }

        void Warn(string key, string value, string acts) =>
            draft.Warn(key, value, $"{key} {value} acts as {acts}", "write what it shall be");
    }

    private static string Text(TimeSpan duration) => GoDuration.FormatShort(duration);
}
