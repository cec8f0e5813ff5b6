using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
namespace Scheduler.Sandbox.Buildkite.Model;

/// <content>What users and the service itself do, as opposed to stacks and agents.</content>
public sealed partial record BuildkiteState
{
    /// <summary>Makes the queue if it does not exist yet.</summary>
    public BuildkiteState WithQueue(string queueKey)
    {
        var key = Resolve(queueKey);
        return Queues.ContainsKey(key) ? this : this with { Queues = Queues.Add(key, new QueueState(key, $"cq-{Queues.Count + 1}")) };
    }

    /// <summary>Adds jobs in state <c>scheduled</c>, in the order given; an id that exists already is left as it is.</summary>
    public BuildkiteState Enqueue(IReadOnlyCollection<JobId> ids, JobTemplate template, int priority, DateTimeOffset now)
    {
        var state = WithQueue(template.Queue);
        var queue = state.Queues[template.Queue];
        var jobs = state.Jobs.ToBuilder();
        var scheduled = queue.Scheduled.ToBuilder();
        var sequence = LastSequence;
        var history = new StateChange(JobState.Scheduled, now, null, null);
        foreach (var id in ids.Where(id => !jobs.ContainsKey(id)))
        {
            var job = new Job { Slot = new Slot(now, ++sequence, id), Template = template, History = history, Priority = priority };
            jobs.Add(id, job);
            scheduled.Add(job.Slot);
        }

        return state with
        {
            Jobs = jobs.ToImmutable(),
            Queues = state.Queues.SetItem(queue.Key, queue with { Scheduled = scheduled.ToImmutable() }),
            Counts = state.Counts.SetItem(
                (int)JobState.Scheduled, state.Counts[(int)JobState.Scheduled] + (int)(sequence - LastSequence)),
            LastSequence = sequence,
        };
    }

    /// <summary>A user cancels the job; one that has ended stays as it is.</summary>
    public BuildkiteState Cancel(JobId id, DateTimeOffset now) => Change(id, job => job.State switch
    {
        JobState.Scheduled or JobState.Reserved => job.To(JobState.Canceled, now),
        JobState.Assigned or JobState.Accepted or JobState.Running => job.To(JobState.Canceling, now, null, now + Rules.CancelGrace),
        _ => job,
    });

    /// <summary>The step's time-out passes; counts only for a running job.</summary>
    public BuildkiteState TimeOut(JobId id, DateTimeOffset now) => Change(id, job =>
        job.State == JobState.Running ? job.To(JobState.TimingOut, now, null, now + Rules.CancelGrace) : job);

    /// <summary>The job's reservation runs out now; counts only for a reserved job.</summary>
    public BuildkiteState ExpireReservation(JobId id, DateTimeOffset now) => Change(id, job =>
        job.State == JobState.Reserved ? job.To(JobState.Scheduled, now, "RESERVED_EXPIRED") : job);

    /// <summary>The job waited too long; counts only before an agent took it.</summary>
    public BuildkiteState ExpireJob(JobId id, DateTimeOffset now) => Change(id, job =>
        job.State is JobState.Scheduled or JobState.Reserved ? job.To(JobState.Expired, now) : job);

    /// <summary>The agent that holds the job is declared lost.</summary>
    public BuildkiteState LoseAgent(JobId id, DateTimeOffset now) => Change(id, job =>
        JobStates.IsHeldByAgent(job.State) ? AgentLost(job, now) : job);

    public BuildkiteState SetPriority(JobId id, int priority) => Change(id, job => job with { Priority = priority });

    /// <summary>Pauses or resumes the dispatch of a queue, which is made if it does not exist.</summary>
    public BuildkiteState SetPaused(string queueKey, bool paused, DateTimeOffset now)
    {
        var state = WithQueue(queueKey);
        var queue = state.Queues[Resolve(queueKey)];
        return state with
        {
            Queues = state.Queues.SetItem(queue.Key, queue with { PausedSince = paused ? queue.PausedSince ?? now : null }),
        };
    }

    /// <summary>Removes a stack as deregistering does; its reservations are left to run out.</summary>
    public BuildkiteState ForgetStack(string key) => this with { Stacks = Stacks.Remove(key) };

    private BuildkiteState Change(JobId id, Func<Job, Job> change)
    {
        if (!Jobs.TryGetValue(id, out var job))
        {
            return this;
        }

        var next = change(job);
        return ReferenceEquals(next, job) ? this : Put(next);
    }
}
