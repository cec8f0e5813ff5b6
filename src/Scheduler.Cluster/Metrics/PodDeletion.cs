namespace Scheduler.Cluster.Metrics;

/// <summary>Why a pod is deleted without grace.</summary>
public enum PodDeletion
{
    ImagePullFailure,

    PendingTimeout,

    /// <summary>The Buildkite job has ended.</summary>
    JobCancelled,
}
