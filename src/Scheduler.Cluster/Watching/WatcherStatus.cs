using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Watching;

/// <summary>Asks K8sWatcher for its <see cref="WatcherStatus"/>.</summary>
public sealed record GetWatcherStatus : ICrossesNodes
{
    public static GetWatcherStatus Instance { get; } = new();
}

/// <summary>K8sWatcher at one moment.</summary>
/// <param name="Jobs">The watch of Jobs.</param>
/// <param name="Pods">The watch of pods.</param>
/// <param name="Known">Buildkite jobs of which Kubernetes shows a Job or a pod.</param>
public sealed record WatcherStatus(WatchStatus Jobs, WatchStatus Pods, int Known) : ICrossesNodes
{
    /// <summary>Cluster address of the node it is on; empty outside a cluster.</summary>
    public string Node { get; init; } = "";
}

/// <summary>How one watch does.</summary>
public sealed record WatchStatus
{
    /// <summary>How often everything was listed since this watcher began; 0 = nothing is known yet.</summary>
    public int Lists { get; init; }

    /// <summary>How often the watch was interrupted since this watcher began.</summary>
    public int Interruptions { get; init; }

    /// <summary>As of when the objects are known.</summary>
    public Revision Position { get; init; }

    /// <summary>Why it does not go on now, such as a missing permission; null when it does.</summary>
    public string? Trouble { get; init; }

    public WatchStatus Listed(Revision revision) => this with { Lists = Lists + 1, Position = revision, Trouble = null };

    public WatchStatus Moved(Revision revision) => this with { Position = revision > Position ? revision : Position, Trouble = null };

    public WatchStatus Interrupted(string why) => this with { Interruptions = Interruptions + 1, Trouble = why };
}
