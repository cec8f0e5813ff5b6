using Scheduler.Core.Launching;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>Durations that make no sense, and those that do not fit together.</summary>
internal static class TimingRules
{
    /// <summary>Timers of .NET take no more.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(24);

    /// <summary>What a create needs, and a second to get to it.</summary>
    private static readonly TimeSpan ShortestGrant = new CreateLimits().Least + TimeSpan.FromSeconds(1);

    /// <summary>What Buildkite documents where a reservation names no end.</summary>
    private static readonly TimeSpan BuildkitesReservation = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Nonsense = TimeSpan.FromMilliseconds(1);

    public static void Check(ControllerOptions options, ConfigurationDraft draft)
    {
        foreach (var key in ConfigurationKeys.All.Where(key => key.Property.PropertyType == typeof(TimeSpan)))
        {
            CheckUnit(key.Name, (TimeSpan)key.Property.GetValue(options)!, draft);
        }

        Range("job-ttl", options.JobTtl, TimeSpan.Zero, TimeSpan.FromSeconds(int.MaxValue));
        Range("empty-job-grace-period", options.EmptyJobGracePeriod, TimeSpan.Zero, LongestTimer);
        Range("take-timeout", options.TakeTimeout, TimeSpan.FromMilliseconds(100), LongestTimer);
        Range("grant-lifetime", options.GrantLifetime, ShortestGrant, LongestTimer);
        Range("reservation-grace", options.ReservationGrace, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Range("poll-interval", options.PollInterval, null, LongestTimer);
        Range("http-timeout", options.HttpTimeout, null, LongestTimer);
        Range("pod-pending-timeout", options.PodPendingTimeout, null, LongestTimer);
        Range("image-pull-backoff-grace-period", options.ImagePullBackoffGracePeriod, null, LongestTimer);
        Range("job-cancel-checker-poll-interval", options.JobCancelCheckerPollInterval, null, LongestTimer);
        if (options.AgentConfig?.ContainerStartTimeout is { } start)
        {
            CheckUnit("agent-config.container-start-timeout", start, draft);
            Range("agent-config.container-start-timeout", start, TimeSpan.Zero, LongestTimer);
        }

        CheckOrder(options, draft);
        CheckReservation(options, draft);

        void Range(string key, TimeSpan value, TimeSpan? least, TimeSpan most)
        {
            var (limit, word) = value > most ? (most, "at most") : value < least ? (least.Value, "at least") : (value, "");
            if (limit != value)
            {
                draft.Refuse(key, Text(value), $"{key} must be {word} {Text(limit)}, not {Text(value)}", "set it within that range");
            }
        }
    }

    private static void CheckUnit(string key, TimeSpan value, ConfigurationDraft draft)
    {
        if (value != TimeSpan.Zero && value.Duration() < Nonsense)
        {
            draft.Warn(
                key, Text(value), $"{key} is {Text(value)}, next to nothing", "a number without unit counts nanoseconds; write 30s, 5m or 1h30m");
        }
    }

    /// <summary>Afterwards Buildkite offers the job to everybody on the queue, whether or not its pod waits here.</summary>
    private static void CheckReservation(ControllerOptions options, ConfigurationDraft draft)
    {
        const string Pending = "pod-pending-timeout";
        const string Expiry = "reservation-expiry-seconds";
        var expiry = options.ReservationExpirySeconds > 0 ? TimeSpan.FromSeconds(options.ReservationExpirySeconds) : BuildkitesReservation;
        if (options.PodPendingTimeout > expiry && draft.CanJudge(Pending) && draft.CanJudge(Expiry))
        {
            draft.Warn(
                Pending,
                Text(options.PodPendingTimeout),
                $"{Pending} {Text(options.PodPendingTimeout)} is longer than a job stays reserved ({Text(expiry)}): "
                + "while its pod is pending, another stack or agent of the queue can take the job",
                $"set {Expiry} to {Math.Min(Math.Ceiling(options.PodPendingTimeout.TotalSeconds), 3600):0}"
                + (options.PodPendingTimeout > TimeSpan.FromHours(1) ? $", the most there is, and {Pending} to 1h or less" : $", or lower {Pending}"));
        }
    }

    private static void CheckOrder(ControllerOptions options, ConfigurationDraft draft)
    {
        var (take, grant, reservation) = (options.TakeTimeout, options.GrantLifetime, options.ReservationGrace);
        Less("take-timeout", take, "grant-lifetime", grant, "a token granted last would be good for nothing");
        Less("grant-lifetime", grant, "reservation-grace", reservation, "the reservation would end before the Job exists");
        void Less(string key, TimeSpan value, string otherKey, TimeSpan other, string because)
        {
            if (value >= other && draft.CanJudge(key) && draft.CanJudge(otherKey))
            {
                draft.Refuse(
                    key, Text(value), $"{key} {Text(value)} must be below {otherKey} {Text(other)}: {because}", $"lower {key} or raise {otherKey}");
            }
        }
    }

    private static string Text(TimeSpan duration) => GoDuration.FormatShort(duration);
}
