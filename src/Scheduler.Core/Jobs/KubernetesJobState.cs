namespace Scheduler.Core.Jobs;

/// <summary>All that counts for the limit: a Kubernetes Job takes a token until it has ended or is gone.</summary>
public enum KubernetesJobState
{
    /// <summary>It exists and has no <c>Complete</c> or <c>Failed</c> condition.</summary>
    Unfinished,

    /// <summary>It exists and has ended.</summary>
    Finished,

    /// <summary>It does not exist.</summary>
    Absent,
}
