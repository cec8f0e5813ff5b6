using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>One Buildkite job. Changes only through <see cref="BuildkiteState"/>, which keeps the indexes in step.</summary>
public sealed record Job
{
    public required Slot Slot { get; init; }

    public required JobTemplate Template { get; init; }

    public required StateChange History { get; init; }

    public int Priority { get; init; }

    /// <summary>Set exactly while the job is reserved.</summary>
    public Reservation? Reservation { get; init; }

    /// <summary>The agent that holds the job; null before and after.</summary>
    public Guid? Agent { get; init; }

    /// <summary>When the server acts by itself unless something happens first.</summary>
    public DateTimeOffset? Deadline { get; init; }

    public JobFacts Facts { get; init; } = JobFacts.None;

    public JobId Id => Slot.Id;

    public JobState State => History.State;

    /// <summary>Enters a state and drops what only the state before needed: its deadline, and the reservation.</summary>
    public Job To(JobState state, DateTimeOffset now, string? cause = null, DateTimeOffset? deadline = null) =>
        this with
        {
            History = new StateChange(state, now, cause, History),
            Deadline = deadline,
            Reservation = null,
            Agent = JobStates.IsHeldByAgent(state) ? Agent : null,
        };
}
