namespace Scheduler.Cluster.Launching;

/// <summary>How a node creates Kubernetes Jobs.</summary>
public sealed record LauncherSettings
{
    /// <summary>Creates under way at once on this node (<c>job-creation-concurrency</c>).</summary>
    public int Concurrency { get; init; } = 25;

    /// <summary>How long the limiter may take to answer a claim.</summary>
    public TimeSpan ClaimTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Kept free between the end of the server-side time-out of a create and the grant's deadline: for a server that notices
    /// its time-out late.
    /// </summary>
    public TimeSpan CreateMargin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A create that would have less time than this is not begun.</summary>
    public TimeSpan ShortestCreate { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The server-side time-out of a create that has all the time it wants.</summary>
    public TimeSpan LongestCreate { get; init; } = TimeSpan.FromSeconds(10);
}
