namespace Scheduler.Cluster.Metrics;

/// <summary>Why a Job that seemed stalled is left alone.</summary>
public enum StallDoubt
{
    /// <summary>The agent has taken the Buildkite job.</summary>
    AgentActive,

    JobGone,

    /// <summary>Another Job of the same name is there.</summary>
    JobReplaced,

    PodExists,
}
