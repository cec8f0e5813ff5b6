using Scheduler.Core.Identity;

namespace Scheduler.Cluster.Watching;

/// <summary>How often K8sWatcher repeats itself, and what it knows of names.</summary>
public sealed record WatcherSettings
{
    /// <summary>
    /// The name that this configuration gives a job's Kubernetes Job: of several Jobs of one job, that is the one. Null = not known.
    /// </summary>
    public Func<JobId, string>? NameOf { get; init; }

    /// <summary>How often the limiter is told all unfinished Jobs again, so that a lost message is made good.</summary>
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time in which every job's actor is told its state again, a few jobs at a time; at least one second.</summary>
    public TimeSpan RepeatInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time over which all actors are told after a list or the end of a node; at least a tenth of a second.</summary>
    public TimeSpan SweepTime { get; init; } = TimeSpan.FromSeconds(2);
}
