namespace Scheduler.Cluster.Formation;

/// <summary>How a node finds its cluster.</summary>
public sealed record FormationSettings
{
    /// <summary>From one look at peers and lease to the next.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A request for admission that had no success is made anew after this time, even if the peers are the same.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A node that is alone in its cluster while somebody else holds the founder's lease gives up its cluster after this time.</summary>
    public TimeSpan LonelyPatience { get; init; } = TimeSpan.FromSeconds(30);
}
