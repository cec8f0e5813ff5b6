namespace Scheduler.Core.Verdicts;

/// <summary>Why something is cleared away in Kubernetes.</summary>
public enum CleanUpReason
{
    /// <summary>The Buildkite job has ended.</summary>
    JobEnded,

    /// <summary>Containers could not be made.</summary>
    ContainersStuck,

    /// <summary>The pod was pending for too long.</summary>
    PendingTooLong,

    /// <summary>The Job got no pod.</summary>
    Stalled,

    /// <summary>The agent has ended and other containers have not.</summary>
    Overstaying,

    /// <summary>The pod's node is gone.</summary>
    NodeLost,
}
