namespace Scheduler.Core.Verdicts;

/// <summary>How long what may be waited for, as it acts: what values of 0 or less stand for is settled in <see cref="From"/>.</summary>
public sealed record VerdictSettings
{
    /// <summary>How long a container may fail to be made (<c>image-pull-backoff-grace-period</c>).</summary>
    public TimeSpan ImageGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a pod may be pending, from its creation on (<c>pod-pending-timeout</c>).</summary>
    public TimeSpan PendingTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a Job may be without a pod, from its start on (<c>empty-job-grace-period</c>); 0 or less = not at all.</summary>
    public TimeSpan EmptyJobGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The deadline of a Job whose agent has ended and whose other containers have not, from its start on
    /// (<c>default-termination-grace-period-seconds</c>); null = they may run on (<c>enable-completion-watcher: false</c>).
    /// </summary>
    public TimeSpan? CompletionDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the other containers have to end by themselves once the agent has, before that deadline is set.</summary>
    public TimeSpan CompletionPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How far past its due time the deletion of a pod may be before its node counts as lost.</summary>
    public TimeSpan OverdueAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the configured values (controller-behaviour.md §2).</summary>
    public static VerdictSettings From(TimeSpan imageGrace, TimeSpan pendingTimeout, TimeSpan emptyJobGrace, TimeSpan? completionDeadline)
    {
        var defaults = new VerdictSettings();
        return new VerdictSettings
        {
            ImageGrace = imageGrace > TimeSpan.Zero ? imageGrace : defaults.ImageGrace,
            PendingTimeout = pendingTimeout > TimeSpan.Zero ? pendingTimeout : defaults.PendingTimeout,
            EmptyJobGrace = emptyJobGrace,
            CompletionDeadline = completionDeadline,
        };
    }
}
