using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Buildkite;

/// <summary>
/// The calls of one registered stack. Safe for concurrent use. Errors as described at <see cref="IStacksApi"/>; a call that
/// must wait for a rate limit waits without blocking a thread and can be cancelled meanwhile.
/// </summary>
public interface IStack
{
    /// <summary>What the service answered to the registration.</summary>
    StackRegistration Registration { get; }

    /// <summary>Frees the stack's place in the organisation's quota; false when the stack was gone already. One attempt, 5 s at most.</summary>
    Task<bool> DeregisterAsync(CancellationToken cancellationToken);

    /// <summary>One page of waiting jobs, oldest first, with their queue rule fitted to this stack's queue. One attempt.</summary>
    /// <param name="after">The cursor of an earlier page; null or empty starts at the oldest job.</param>
    /// <param name="limit">Jobs wanted, 1 to 1000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ScheduledPage> ListScheduledAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Reserves jobs for this stack, or extends their reservation. Any number of ids: they go out in requests of 1000, one after
    /// the other, each with one attempt. Does not throw <see cref="StacksApiException"/>: an error is part of the result, beside
    /// the answers that did arrive.
    /// </summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="expiry">1 s to 1 h, rounded up to seconds; null leaves it to the service (15 min).</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ReserveResult> ReserveAsync(IReadOnlyCollection<JobId> jobs, TimeSpan? expiry, CancellationToken cancellationToken);

    /// <summary>What is needed to run a job; null when the service does not know it (any more). Five attempts.</summary>
    Task<BuildkiteJob?> GetJobAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>
    /// The states of any number of jobs, in requests of 1000, five attempts each. Jobs unknown to the service are absent;
    /// a state newer than this program is <see cref="JobState.Unknown"/>.
    /// </summary>
    Task<IReadOnlyDictionary<JobId, JobState>> GetStatesAsync(IReadOnlyCollection<JobId> jobs, CancellationToken cancellationToken);

    /// <summary>Ends a job that no agent has taken. Five attempts, so an earlier one may turn out to have succeeded.</summary>
    /// <param name="job">The job.</param>
    /// <param name="exitStatus">0 is a success, −1 the service's own "stack error".</param>
    /// <param name="detail">Shown on the build page; must not be empty, is cropped to 4096 bytes of UTF-8.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<FinishOutcome> FinishAsync(JobId job, int exitStatus, string detail, CancellationToken cancellationToken);

    /// <summary>
    /// Puts lines on jobs' timelines, in requests of 1000 with one attempt each (a repeated one would show twice). Like
    /// <see cref="ReserveAsync"/> it returns its errors. Details are cropped to 255 bytes of UTF-8.
    /// </summary>
    Task<NotifyResult> NotifyAsync(IReadOnlyCollection<StackNotification> notifications, CancellationToken cancellationToken);
}
