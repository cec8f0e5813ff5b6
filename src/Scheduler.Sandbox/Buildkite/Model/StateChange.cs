using Scheduler.Core.Jobs;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>One step in a job's life, linked to the step before it.</summary>
/// <param name="State">The state entered.</param>
/// <param name="At">Server time of the step.</param>
/// <param name="Cause">
/// Buildkite's job event (<c>RESERVED_EXPIRED</c>, <c>STACK_ERRORED</c> …) or who did it; null where the state says enough.
/// </param>
/// <param name="Before">The step before; null for the first.</param>
public sealed record StateChange(JobState State, DateTimeOffset At, string? Cause, StateChange? Before)
{
    /// <summary>All steps, the first one first.</summary>
    public IReadOnlyList<StateChange> Oldest()
    {
        var steps = new List<StateChange>();
        for (var step = this; step is not null; step = step.Before)
        {
            steps.Add(step);
        }

        steps.Reverse();
        return steps;
    }

    /// <summary>When the job first entered the state; null if it never did.</summary>
    public DateTimeOffset? FirstEntered(JobState state)
    {
        DateTimeOffset? first = null;
        for (var step = this; step is not null; step = step.Before)
        {
            first = step.State == state ? step.At : first;
        }

        return first;
    }
}
