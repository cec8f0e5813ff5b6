namespace Scheduler.Core.Verdicts;

/// <summary>
/// Why a job cannot succeed, unless its agent has taken it all the same: Buildkite is asked before anything is done about it.
/// The letters are those of the message catalogue (controller-behaviour.md §15).
/// </summary>
public enum Trouble
{
    /// <summary>A: the pod failed.</summary>
    PodFailed,

    /// <summary>B: the Kubernetes Job ended and never had a pod.</summary>
    NoPodEver,

    /// <summary>C: the Kubernetes Job was started long ago and has no pod.</summary>
    Stalled,

    /// <summary>D: init containers failed.</summary>
    InitFailed,

    /// <summary>E: containers cannot be made, most often for their image.</summary>
    ContainersStuck,

    /// <summary>F: the pod is pending for too long.</summary>
    PendingTooLong,

    /// <summary>The Kubernetes Job used up its deadline; the original says nothing.</summary>
    DeadlineExceeded,

    /// <summary>Somebody deleted the Kubernetes Job; the original says nothing.</summary>
    JobDeleted,

    /// <summary>The pod is being deleted and nobody carries it out: its node is gone. The original waits for the deadline.</summary>
    NodeLost,
}
