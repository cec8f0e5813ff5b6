namespace Scheduler.Core.Verdicts;

/// <summary>Why a Job that seemed stalled is left alone after all (controller-behaviour.md §11.3).</summary>
public enum StallDoubt
{
    /// <summary>The agent has taken the Buildkite job.</summary>
    AgentActive,

    /// <summary>The Job was deleted, or ended, meanwhile.</summary>
    JobGone,

    /// <summary>Another Job of the same name is there.</summary>
    JobReplaced,

    /// <summary>Its pod came after all.</summary>
    PodExists,
}
