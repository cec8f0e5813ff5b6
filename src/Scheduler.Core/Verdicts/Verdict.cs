namespace Scheduler.Core.Verdicts;

/// <summary>What to make of a job's Kubernetes objects.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>No agent runs, nothing is wrong. If the Buildkite job ends meanwhile, its pod or Job is to go.</summary>
    /// <param name="LookAgainAt">When something may be wrong although nothing changed; null = never.</param>
    public sealed record Waiting(DateTimeOffset? LookAgainAt) : Verdict;

    /// <summary>The agent is at work, or the pod is about to end by itself: nothing is to be done before something changes.</summary>
    /// <param name="LookAgainAt">As for <see cref="Waiting"/>.</param>
    public sealed record Running(DateTimeOffset? LookAgainAt) : Verdict;

    /// <summary>The job cannot succeed unless its agent has it.</summary>
    public sealed record InTrouble(Trouble Trouble) : Verdict;

    /// <summary>The agent has ended and other containers hold its pod up: the Job is to end soon.</summary>
    public sealed record Overstaying(TimeSpan Deadline) : Verdict;

    /// <summary>It is over, or was never there, and there is nothing to tell.</summary>
    public sealed record Over : Verdict
    {
        public static Over Instance { get; } = new();
    }
}
