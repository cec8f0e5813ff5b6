using Scheduler.Core.Identity;

namespace Scheduler.Sandbox.Buildkite;

/// <content>What users of Buildkite, and Buildkite itself, would do.</content>
public sealed partial class BuildkiteServer
{
    /// <summary>Adds one job, ready to run.</summary>
    public async Task<JobId> EnqueueAsync(NewJob job, CancellationToken ct = default)
    {
        var id = job.Id ?? new JobId(Guid.NewGuid());
        await EnqueueAsync([id], job, ct);
        return id;
    }

    /// <summary>Adds many jobs of one build that share everything but their ids; <see cref="NewJob.Id"/> is not used.</summary>
    /// <returns>The new ids in the order of the list.</returns>
    public async Task<IReadOnlyList<JobId>> EnqueueManyAsync(int count, NewJob template, CancellationToken ct = default)
    {
        var ids = new JobId[count];
        for (var index = 0; index < count; index++)
        {
            ids[index] = new JobId(Guid.NewGuid());
        }

        await EnqueueAsync(ids, template, ct);
        return ids;
    }

    /// <summary>Makes a queue, so that stacks can register for it before it has jobs.</summary>
    public Task AddQueueAsync(string queue, CancellationToken ct = default) =>
        _store.ChangeAsync((state, _) => state.WithQueue(queue), ct).AsTask();

    /// <summary>Cancels the job; if an agent has it, the agent is asked to stop. Without effect on an ended or unknown job.</summary>
    public Task CancelAsync(JobId id, CancellationToken ct = default) =>
        _store.ChangeAsync((state, now) => state.Cancel(id, now), ct).AsTask();

    /// <summary>Lets a running job's time run out.</summary>
    public Task TimeOutAsync(JobId id, CancellationToken ct = default) =>
        _store.ChangeAsync((state, now) => state.TimeOut(id, now), ct).AsTask();

    /// <summary>Puts a reserved job back on the list.</summary>
    public Task ExpireReservationAsync(JobId id, CancellationToken ct = default) =>
        _store.ChangeAsync((state, now) => state.ExpireReservation(id, now), ct).AsTask();

    /// <summary>Lets a job that no agent took end in <c>expired</c>.</summary>
    public Task ExpireJobAsync(JobId id, CancellationToken ct = default) =>
        _store.ChangeAsync((state, now) => state.ExpireJob(id, now), ct).AsTask();

    /// <summary>Declares the job's agent lost at once, as happens after minutes of silence.</summary>
    public Task LoseAgentAsync(JobId id, CancellationToken ct = default) =>
        _store.ChangeAsync((state, now) => state.LoseAgent(id, now), ct).AsTask();

    public Task SetPriorityAsync(JobId id, int priority, CancellationToken ct = default) =>
        _store.ChangeAsync((state, _) => state.SetPriority(id, priority), ct).AsTask();

    /// <summary>Pauses the dispatch of a queue; its jobs are still listed.</summary>
    public Task PauseQueueAsync(string queue, CancellationToken ct = default) =>
        _store.ChangeAsync((state, now) => state.SetPaused(queue, true, now), ct).AsTask();

    public Task ResumeQueueAsync(string queue, CancellationToken ct = default) =>
        _store.ChangeAsync((state, now) => state.SetPaused(queue, false, now), ct).AsTask();

    /// <summary>Removes a stack behind its back; its calls answer 404 from now on.</summary>
    public Task ForgetStackAsync(string key, CancellationToken ct = default) =>
        _store.ChangeAsync((state, _) => state.ForgetStack(key), ct).AsTask();

    private async Task EnqueueAsync(IReadOnlyCollection<JobId> ids, NewJob job, CancellationToken ct)
    {
        var template = JobTemplates.From(job, _store.Current, Interlocked.Increment(ref _lastBuild), _options.OrganizationSlug);
        await _store.ChangeAsync((state, now) => state.Enqueue(ids, template, job.Priority, now), ct);
    }
}
