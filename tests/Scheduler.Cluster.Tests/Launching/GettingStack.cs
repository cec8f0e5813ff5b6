using Scheduler.Buildkite;
using Scheduler.Cluster.Tests.Support;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Cluster.Tests.Launching;

/// <summary>A stack that tells about a job, or fails to; nothing else is asked of it.</summary>
internal sealed class GettingStack : IStack
{
    public StackRegistration Registration { get; } = new("key", "queue", "queue");

    public BuildkiteJob? Job { get; set; } = new(Jobs.Id(1), "true", new Dictionary<string, string>());

    public Exception? Failure { get; set; }

    public Task<BuildkiteJob?> GetJobAsync(JobId job, CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult(Job) : Task.FromException<BuildkiteJob?>(Failure);

    public Task<bool> DeregisterAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ScheduledPage> ListScheduledAsync(string? after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ReserveResult> ReserveAsync(IReadOnlyCollection<JobId> jobs, TimeSpan? expiry, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyDictionary<JobId, JobState>> GetStatesAsync(IReadOnlyCollection<JobId> jobs, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<FinishOutcome> FinishAsync(JobId job, int exitStatus, string detail, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<NotifyResult> NotifyAsync(IReadOnlyCollection<StackNotification> notifications, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
