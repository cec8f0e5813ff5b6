using Scheduler.Core.Jobs;

namespace Scheduler.Core.Verdicts;

/// <summary>Where a Buildkite job stands, as far as its Kubernetes Job is concerned.</summary>
public enum JobStanding
{
    /// <summary>Waits for an agent, ours most likely.</summary>
    Waiting,

    /// <summary>An agent has it: what comes next is the agent's business.</summary>
    Owned,

    /// <summary>It is ending or has ended: nobody needs a pod for it that has not started its agent.</summary>
    Ended,

    /// <summary>Not known to Buildkite, not yet ready to run, or in a state newer than this program.</summary>
    Elsewhere,
}

/// <summary>Sorts the states of a Buildkite job.</summary>
public static class JobStandings
{
    public static JobStanding Standing(this JobState state) => state switch
    {
        JobState.Scheduled or JobState.Reserved => JobStanding.Waiting,
        JobState.Assigned or JobState.Accepted or JobState.Running => JobStanding.Owned,
        JobState.Finished or JobState.Canceling or JobState.Canceled or JobState.TimingOut or JobState.TimedOut
            or JobState.Expired or JobState.Skipped or JobState.Broken
            or JobState.WaitingFailed or JobState.BlockedFailed or JobState.UnblockedFailed => JobStanding.Ended,
        _ => JobStanding.Elsewhere,
    };
}
