namespace Scheduler.Cluster.Watching;

/// <summary>How often K8sWatcher repeats itself.</summary>
public sealed record WatcherSettings
{
    /// <summary>How often the limiter is told all unfinished Jobs again, so that a lost message is made good.</summary>
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time in which every job's actor is told its state again, a few jobs at a time; at least one second.</summary>
    public TimeSpan RepeatInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time over which all actors are told after a list or the end of a node; at least a tenth of a second.</summary>
    public TimeSpan SweepTime { get; init; } = TimeSpan.FromSeconds(2);
}
