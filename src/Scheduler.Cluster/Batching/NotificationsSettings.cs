namespace Scheduler.Cluster.Batching;

/// <summary>How a node sends its lines for jobs' timelines.</summary>
public sealed record NotificationsSettings
{
    /// <summary>Lines wait so long for company.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Lines kept at most while Buildkite cannot take them; further ones are dropped and counted.</summary>
    public int BufferLimit { get; init; } = 50_000;

    /// <summary>Time for sending what is left when the node shuts down; less than the shutdown phase has.</summary>
    public TimeSpan ShutdownPatience { get; init; } = TimeSpan.FromSeconds(4);
}
