namespace Scheduler.Core.Launching;

/// <summary>How long the create of a Kubernetes Job may take.</summary>
public sealed record CreateLimits
{
    /// <summary>
    /// Kept free between the end of a create's server-side time-out and the grant's deadline: for a request that is long on
    /// its way, and for a server that notices its time-out late.
    /// </summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A create that would have less time than this is not begun.</summary>
    public TimeSpan Shortest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What a grant must still live for a create to be begun with it.</summary>
    public TimeSpan Least => Margin + Shortest;

    /// <summary>The server-side time-out of a create that has all the time it wants.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(10);
}
