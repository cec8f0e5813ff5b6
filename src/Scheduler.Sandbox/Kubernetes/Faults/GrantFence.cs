namespace Scheduler.Sandbox.Kubernetes.Faults;

/// <summary>
/// The chart's admission policy <c>fence</c>: a Job whose grant is of a lower epoch than the Lease's transitions is refused. It
/// judges when a request is admitted, before the store is asked to write: as with the real server, what the store itself is
/// late with is not caught.
/// </summary>
/// <param name="Namespace">The Lease's namespace.</param>
/// <param name="Lease">The name of the limiter's Lease.</param>
public sealed record GrantFence(string Namespace, string Lease)
{
    /// <summary>The name of the policy and of its binding, in the words of a refusal.</summary>
    public string Policy { get; init; } = "sandbox.fence.scheduler.buildkite.com";
}
