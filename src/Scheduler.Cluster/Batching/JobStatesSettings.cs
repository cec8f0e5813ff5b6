namespace Scheduler.Cluster.Batching;

/// <summary>How a node asks Buildkite for the states of its jobs.</summary>
public sealed record JobStatesSettings
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(5);

    /// <summary>Time between two rounds (<c>job-cancel-checker-poll-interval</c>); zero and less act as five seconds.</summary>
    public TimeSpan Interval
    {
        get;
        init => field = value > TimeSpan.Zero ? value : DefaultInterval;
    } = DefaultInterval;

    /// <summary>
    /// Least time between two calls. Buildkite allows twenty a second to all nodes together; each carries up to a thousand jobs.
    /// </summary>
    public TimeSpan Spacing { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A call without an answer for so long counts as failed.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
