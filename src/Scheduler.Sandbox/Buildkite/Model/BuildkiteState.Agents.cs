using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <content>What an agent may do (stacks-api.md §17.3). Callers have checked the agent's token.</content>
public sealed partial record BuildkiteState
{
    public BuildkiteState AddAgent(Agent agent) => this with { Agents = Agents.SetItem(agent.Id, agent) };

    /// <summary>A sign of life.</summary>
    public BuildkiteState AgentSeen(Guid agentId, DateTimeOffset now) =>
        Agents.TryGetValue(agentId, out var agent) ? this with { Agents = Agents.SetItem(agentId, agent with { LastSeen = now }) } : this;

    /// <summary>Takes a job for the agent, assigning and accepting it in one step.</summary>
    public (BuildkiteState State, Refusal? Refusal) Acquire(Guid agentId, JobId id, DateTimeOffset now)
    {
        if (!Jobs.TryGetValue(id, out var job) || !Agents.TryGetValue(agentId, out var agent) || agent.Queue != job.Template.Queue)
        {
            return (this, Refusal.NotFound("Job not found"));
        }

        if (job.State is JobState.Scheduled or JobState.Reserved)
        {
            return (ChargePause(job, now).Hand(agent with { LastSeen = now }, Taken(job, agentId, now)), null);
        }

        var refusal = Refusal.Unprocessable($"Job is not acquirable in state {JobStates.Name(job.State)}");
        if (job.Facts.LastAgent is not { } other || other == agentId)
        {
            return (this, refusal);
        }

        var offered = job with { Facts = job.Facts with { DuplicateAcquires = job.Facts.DuplicateAcquires + 1 } };
        return (Put(offered).Violated($"job {id}: agent '{agent.Name}' came for a job that another agent had taken"), refusal);
    }

    /// <summary>Gives the oldest waiting job of the agent's queue to a polling agent; null if there is none.</summary>
    public (BuildkiteState State, Job? Job) Dispatch(Guid agentId, DateTimeOffset now)
    {
        if (!Agents.TryGetValue(agentId, out var agent) || !agent.TakesDispatches ||
            !Queues.TryGetValue(agent.Queue, out var queue) || queue.PausedSince is not null || queue.Scheduled.Count == 0)
        {
            return (this, null);
        }

        var job = Jobs[queue.Scheduled.Min.Id] with { Agent = agentId };
        var assigned = job.To(JobState.Assigned, now, null, now + Rules.AssignedTimeout);
        return (Hand(agent, assigned), assigned);
    }

    /// <summary>The agent confirms a dispatched job.</summary>
    public (BuildkiteState State, Refusal? Refusal) Accept(Guid agentId, JobId id, DateTimeOffset now)
    {
        if (Held(agentId, id) is not { } job)
        {
            return (this, Refusal.NotFound("Job not found"));
        }

        return job.State != JobState.Assigned
            ? (this, Refusal.Unprocessable($"Job cannot be accepted in state {JobStates.Name(job.State)}"))
            : (Put(Taken(job, agentId, now)), null);
    }

    public (BuildkiteState State, Refusal? Refusal) Start(Guid agentId, JobId id, DateTimeOffset now)
    {
        if (Held(agentId, id) is not { } job)
        {
            return (this, Refusal.NotFound("Job not found"));
        }

        if (job.State != JobState.Accepted)
        {
            return (this, Refusal.Unprocessable($"Job cannot be started in state {JobStates.Name(job.State)}"));
        }

        var running = job.To(JobState.Running, now, null, now + Rules.AgentTimeout);
        return (Put(running with { Facts = job.Facts with { Started = job.Facts.Started + 1 } }), null);
    }

    /// <summary>The agent reports the end; a job being cancelled or timed out ends as such.</summary>
    public (BuildkiteState State, Refusal? Refusal) AgentFinish(
        Guid agentId, JobId id, int? exitStatus, string? signalReason, DateTimeOffset now)
    {
        if (Held(agentId, id) is not { } job)
        {
            return (this, Refusal.NotFound("Job not found"));
        }

        JobState? end = job.State switch
        {
            JobState.Running => JobState.Finished,
            JobState.Canceling => JobState.Canceled,
            JobState.TimingOut => JobState.TimedOut,
            _ => null,
        };
        return end is null
            ? (this, Refusal.Unprocessable($"Job cannot be finished in state {JobStates.Name(job.State)}"))
            : (Put(job.To(end.Value, now) with { Facts = job.Facts with { ExitStatus = exitStatus, SignalReason = signalReason } }), null);
    }

    /// <summary>Ends the agent's session. A job it still holds counts as lost with it.</summary>
    public BuildkiteState Disconnect(Guid agentId, DateTimeOffset now)
    {
        var state = Agents.GetValueOrDefault(agentId)?.Job is { } id && Jobs[id] is var job && job.Agent == agentId
            ? Put(AgentLost(job, now))
            : this;
        return state with { Agents = state.Agents.Remove(agentId) };
    }

    /// <summary>The job if it is, or last was, this agent's.</summary>
    public Job? Held(Guid agentId, JobId id) =>
        Jobs.TryGetValue(id, out var job) && (job.Agent ?? job.Facts.LastAgent) == agentId ? job : null;

    private BuildkiteState Hand(Agent agent, Job job) =>
        Put(job) with { Agents = Agents.SetItem(agent.Id, agent with { Job = job.Id }) };

    private Job Taken(Job job, Guid agentId, DateTimeOffset now) =>
        (job with { Agent = agentId }).To(JobState.Accepted, now, null, now + Rules.AcceptedTimeout) with
        {
            Facts = job.Facts with { Acquired = job.Facts.Acquired + 1, LastAgent = agentId },
        };

    /// <summary>
    /// A stack must not start jobs of a paused queue. It may learn of the pause late, and a job claimed before the pause may still
    /// arrive, so only a job claimed (or, without reservation, taken) clearly after it counts.
    /// </summary>
    private BuildkiteState ChargePause(Job job, DateTimeOffset now) =>
        Queues[job.Template.Queue].PausedSince is { } since && (job.Reservation?.Since ?? now) > since + Rules.PauseGrace
            ? Violated($"job {job.Id}: started although queue '{job.Template.Queue}' was paused")
            : this;
}
