using Scheduler.Core.Verdicts;

namespace Scheduler.Core.Lifecycle;

/// <summary>Something to clear away in Kubernetes until it is seen to be gone.</summary>
/// <param name="What">What.</param>
/// <param name="Why">What for.</param>
/// <param name="Deadline">For <see cref="CleanUp.JobByDeadline"/>.</param>
/// <param name="DueAt">When to do it (again); null while it is being done.</param>
public sealed record RemoveOrder(CleanUp What, CleanUpReason Why, TimeSpan Deadline, DateTimeOffset? DueAt)
{
    /// <summary>UID of the pod that was deleted; null = none was yet.</summary>
    public string? DeletedPod { get; init; }
}
