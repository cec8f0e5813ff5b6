using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;
using Scheduler.Core.Verdicts;

namespace Scheduler.Core.Lifecycle;

/// <summary>What a job's actor is to do. Of <see cref="Launch"/>, <see cref="Finish"/> and <see cref="Remove"/> it reports the end.</summary>
public abstract record LifecycleCommand
{
    private LifecycleCommand()
    {
    }

    /// <summary>Create the Kubernetes Job.</summary>
    public sealed record Launch(Run Run) : LifecycleCommand;

    /// <summary>Tell the limiter that nothing was created here with this grant.</summary>
    /// <param name="Grant">The grant.</param>
    /// <param name="IsClaimed">It was claimed here, so nothing was created with it anywhere.</param>
    public sealed record ReturnToken(GrantId Grant, bool IsClaimed = false) : LifecycleCommand;

    /// <summary>Tell JobFetcher that the Kubernetes Job exists.</summary>
    public sealed record TellLaunched : LifecycleCommand;

    /// <summary>Tell JobFetcher that it does not.</summary>
    public sealed record TellNotLaunched(LaunchOutlook Outlook) : LifecycleCommand;

    /// <summary>Have Buildkite's state of the job told at every round.</summary>
    public sealed record WatchState : LifecycleCommand;

    /// <summary>No more of it.</summary>
    public sealed record UnwatchState : LifecycleCommand;

    /// <summary>Have it told once, soon.</summary>
    public sealed record AskState : LifecycleCommand;

    /// <summary>Fail the Buildkite job.</summary>
    /// <param name="Report">What to tell its author.</param>
    /// <param name="Trouble">Why; null when its Kubernetes Job cannot be created.</param>
    public sealed record Finish(FailureReport Report, Trouble? Trouble) : LifecycleCommand;

    /// <summary>Clear something away in Kubernetes: that very object.</summary>
    /// <param name="What">What; never <see cref="CleanUp.Nothing"/>.</param>
    /// <param name="Name">The name of the pod, or of the Job.</param>
    /// <param name="Uid">Its UID.</param>
    /// <param name="Deadline">For <see cref="CleanUp.JobByDeadline"/>, counted from the Job's start.</param>
    /// <param name="Why">What for.</param>
    public sealed record Remove(CleanUp What, string Name, string Uid, TimeSpan Deadline, CleanUpReason Why) : LifecycleCommand
    {
        /// <summary>The pod must still be as it was seen at this revision, or it stays and the attempt has failed; null = however it is.</summary>
        public Revision? AsSeen { get; init; }
    }

    /// <summary>Put a line on the job's timeline.</summary>
    public sealed record Notify(string Detail) : LifecycleCommand;

    /// <summary>Nothing is left to do: let the actor go.</summary>
    public sealed record Stop : LifecycleCommand;
}
