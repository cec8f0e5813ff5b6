namespace Scheduler.Core.Jobs;

/// <summary>
/// A Buildkite job's state as the Stacks API names it. <see cref="Unknown"/> stands for a job Buildkite does not know
/// and for states newer than this list.
/// </summary>
public enum JobState
{
    Unknown,
    Pending,
    Waiting,
    WaitingFailed,
    Blocked,
    BlockedFailed,
    Unblocked,
    UnblockedFailed,
    Limiting,
    Limited,
    PlatformLimiting,
    PlatformLimited,
    Scheduled,
    Reserved,
    Assigned,
    Accepted,
    Running,
    Finished,
    Canceling,
    Canceled,
    TimingOut,
    TimedOut,
    Expired,
    Skipped,
    Broken,
}
