using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>
/// Sees every change in order, then looks at each thing that changed once. The manager calls one method at a time, so
/// controllers need no protection for their state.
/// </summary>
internal interface IController
{
    /// <summary>When time alone will make work; null when it will not.</summary>
    DateTimeOffset? NextDue { get; }

    /// <summary>Learns of a change and notes what is to be looked at because of it.</summary>
    void Observe(Change change);

    /// <summary>Looks at one thing that is due; false when nothing is.</summary>
    Task<bool> WorkAsync(CancellationToken ct);
}
