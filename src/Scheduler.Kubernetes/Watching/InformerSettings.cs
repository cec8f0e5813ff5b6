namespace Scheduler.Kubernetes.Watching;

/// <summary>How an informer paces itself.</summary>
public sealed record InformerSettings
{
    /// <summary>A watch lasts a random time from this to twice this, so that the watches of many do not end together.</summary>
    public TimeSpan WatchTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A watch that ends sooner than this without having shown anything counts as a failure.</summary>
    public TimeSpan ShortestWatch { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After so many failures in a row the position is given up and everything is listed.</summary>
    public int FailuresUntilList { get; init; } = 3;
}
