using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <content>What a stack may do (stacks-api.md §§3–6 and 9).</content>
public sealed partial record BuildkiteState
{
    /// <summary>Registers the stack, or gives an existing one its new queue; <c>created</c> tells which.</summary>
    public (BuildkiteState State, StackRegistration? Stack, bool Created, Refusal? Refusal) RegisterStack(StackRegistration wanted)
    {
        if (!Queues.ContainsKey(Resolve(wanted.QueueKey)))
        {
            return (this, null, false, Refusal.NotFound($"Queue '{wanted.QueueKey}' not found in this cluster"));
        }

        var existing = Stacks.GetValueOrDefault(wanted.Key);
        if (existing is null && Stacks.Count >= MaxStacks)
        {
            return (this, null, false, new Refusal(403, "The organization has reached its limit of active stacks"));
        }

        var stack = wanted with { Id = existing?.Id ?? wanted.Id };
        return (this with { Stacks = Stacks.SetItem(stack.Key, stack) }, stack, existing is null, null);
    }

    /// <summary>Notes that the stack polled.</summary>
    public BuildkiteState StackSeen(string key, DateTimeOffset now) =>
        Stacks.TryGetValue(key, out var stack) ? this with { Stacks = Stacks.SetItem(key, stack with { LastConnected = now }) } : this;

    /// <summary>
    /// Reserves each job that is free or already this stack's, until <paramref name="now"/> plus <paramref name="expiry"/>.
    /// The rest is answered as not reserved; unknown ids too.
    /// </summary>
    public (BuildkiteState State, ImmutableArray<JobId> Reserved, ImmutableArray<JobId> NotReserved) Reserve(
        string stackKey, IReadOnlyCollection<JobId> ids, TimeSpan expiry, DateTimeOffset now)
    {
        var state = this;
        var reserved = ImmutableArray.CreateBuilder<JobId>(ids.Count);
        var rest = ImmutableArray.CreateBuilder<JobId>();
        foreach (var id in ids)
        {
            if (state.Jobs.TryGetValue(id, out var job) && Reserved(job, stackKey, now + expiry, now) is { } next)
            {
                state = state.Put(next);
                reserved.Add(id);
            }
            else
            {
                rest.Add(id);
            }
        }

        return (state, reserved.ToImmutable(), rest.ToImmutable());
    }

    /// <summary>A stack ends a job that no agent took. Possible once; a second call is refused and counts as a violation.</summary>
    public (BuildkiteState State, Refusal? Refusal) StackFinish(
        JobId id, int exitStatus, string detail, string? signalReason, DateTimeOffset now)
    {
        if (!Jobs.TryGetValue(id, out var job))
        {
            return (this, Refusal.NotFound("Job not found"));
        }

        var facts = job.Facts with { StackFinishes = job.Facts.StackFinishes + 1 };
        if (job.State is not (JobState.Scheduled or JobState.Reserved))
        {
            var state = Put(job with { Facts = facts });
            state = facts.StackFinishes > 1 ? state.Violated($"job {id}: finish called {facts.StackFinishes} times by a stack") : state;
            return (state, Refusal.Unprocessable($"Job cannot be finished by a stack in state {JobStates.Name(job.State)}"));
        }

        var finished = job.To(JobState.Finished, now, exitStatus == 0 ? "STACK_FINISHED" : "STACK_ERRORED") with
        {
            Facts = facts with { ExitStatus = exitStatus, Detail = detail, SignalReason = signalReason },
        };
        return (Put(finished), null);
    }

    /// <summary>The job as reserved; null if it may not be. Reserving again extends, and keeps the time of the first call.</summary>
    private static Job? Reserved(Job job, string stackKey, DateTimeOffset expiresAt, DateTimeOffset now)
    {
        var facts = job.Facts with { Reservations = job.Facts.Reservations + 1 };
        return job.State switch
        {
            JobState.Scheduled => job.To(JobState.Reserved, now, null, expiresAt) with
            {
                Reservation = new Reservation(stackKey, now, expiresAt),
                Facts = facts,
            },
            JobState.Reserved when job.Reservation is { } held && held.StackKey == stackKey => job with
            {
                Reservation = held with { ExpiresAt = expiresAt },
                Deadline = expiresAt,
                Facts = facts,
            },
            _ => null,
        };
    }
}
