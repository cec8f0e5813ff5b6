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

    /// <summary>
    /// A node that was frozen for longer than this gives up its membership (<see cref="FreezeWatch"/>). Longer than the others need
    /// to remove a silent node (<c>failure-detector</c> and <c>stable-after</c> in <c>hocon/cluster.conf</c>), shorter than they
    /// then keep the resolver's lease (<c>release-after</c>). Null = never: for nodes that can only be frozen together.
    /// </summary>
    public TimeSpan? FrozenPatience { get; init; } = TimeSpan.FromSeconds(10);
}
