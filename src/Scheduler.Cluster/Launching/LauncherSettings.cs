using Scheduler.Core.Launching;

namespace Scheduler.Cluster.Launching;

/// <summary>How a node creates Kubernetes Jobs.</summary>
public sealed record LauncherSettings
{
    /// <summary>Creates under way at once, on all nodes together (<c>job-creation-concurrency</c>); at least 1 on each.</summary>
    public int Concurrency { get; init; } = 25;

    /// <summary>How long the limiter may take to answer a claim.</summary>
    public TimeSpan ClaimTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long creates may take.</summary>
    public CreateLimits Create { get; init; } = new();
}
