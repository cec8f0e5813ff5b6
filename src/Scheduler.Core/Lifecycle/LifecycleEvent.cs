using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Lifecycle;

/// <summary>What can happen to a job.</summary>
public abstract record LifecycleEvent
{
    private LifecycleEvent()
    {
    }

    /// <summary>It is reserved and has a token.</summary>
    public sealed record Started(Run Run) : LifecycleEvent;

    /// <summary>A <see cref="LifecycleCommand.Launch"/> ended.</summary>
    public sealed record LaunchEnded(Run Run, LaunchOutcome Outcome) : LifecycleEvent;

    /// <summary>Kubernetes shows this.</summary>
    public sealed record Observed(Seen Seen) : LifecycleEvent;

    /// <summary>Buildkite says this; null when it could not be asked.</summary>
    public sealed record StateKnown(JobState? State) : LifecycleEvent;

    /// <summary>A <see cref="LifecycleCommand.Finish"/> ended.</summary>
    public sealed record FinishEnded(FinishResult How) : LifecycleEvent;

    /// <summary>A <see cref="LifecycleCommand.Remove"/> ended.</summary>
    /// <param name="Succeeded">It is done, or there was nothing left to do it to.</param>
    public sealed record RemoveEnded(bool Succeeded) : LifecycleEvent;

    /// <summary><see cref="JobLifecycle.WakeAt"/> has come.</summary>
    public sealed record Due : LifecycleEvent
    {
        public static Due Instance { get; } = new();
    }
}
