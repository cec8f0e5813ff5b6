using Scheduler.Core.Jobs;

namespace Scheduler.Sandbox.Buildkite.Model;

public sealed partial record BuildkiteState
{
    /// <summary>Whether the server has something to do by itself at this time.</summary>
    public bool IsDue(DateTimeOffset now) =>
        (Deadlines.Count > 0 && Deadlines.Min.At <= now) ||
        Queues.Values.Any(queue => queue.Scheduled.Count > 0 && queue.Scheduled.Min.ScheduledAt + Rules.JobLifetime <= now);

    /// <summary>Carries out every deadline up to and including <paramref name="now"/>, in their order.</summary>
    public BuildkiteState Sweep(DateTimeOffset now)
    {
        var state = this;
        while (state.Deadlines.Count > 0 && state.Deadlines.Min is var due && due.At <= now)
        {
            state = state.Put(state.AtDeadline(state.Jobs[due.Id], due.At));
        }

        foreach (var queue in state.Queues.Values)
        {
            foreach (var slot in queue.Scheduled.TakeWhile(slot => slot.ScheduledAt + Rules.JobLifetime <= now))
            {
                state = state.Put(state.Jobs[slot.Id].To(JobState.Expired, now));
            }
        }

        return state;
    }

    private Job AtDeadline(Job job, DateTimeOffset at) => job.State switch
    {
        JobState.Reserved => job.To(JobState.Scheduled, at, "RESERVED_EXPIRED"),
        JobState.Assigned => job.To(JobState.Scheduled, at, "ASSIGNED_EXPIRED"),
        JobState.Accepted => job.To(JobState.Scheduled, at, "ACCEPTED_EXPIRED"),
        JobState.Running => AgentSilent(job, at),
        JobState.Canceling => job.To(JobState.Canceled, at, "agent did not answer"),
        JobState.TimingOut => job.To(JobState.TimedOut, at, "agent did not answer"),
        _ => job with { Deadline = null },
    };

    /// <summary>Heartbeats do not move the deadline, which would cost two tree updates each; it is moved here, once it has passed.</summary>
    private Job AgentSilent(Job job, DateTimeOffset at)
    {
        var agent = job.Agent is { } id ? Agents.GetValueOrDefault(id) : null;
        return agent?.LastSeen is { } lastSeen && lastSeen > at - Rules.AgentTimeout
            ? job with { Deadline = lastSeen + Rules.AgentTimeout }
            : AgentLost(job, at);
    }

    private static Job AgentLost(Job job, DateTimeOffset at) =>
        job.To(JobState.Finished, at, "agent lost") with { Facts = job.Facts with { ExitStatus = -1 } };
}
