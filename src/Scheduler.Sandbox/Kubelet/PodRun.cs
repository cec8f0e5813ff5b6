using k8s.Models;

namespace Scheduler.Sandbox.Kubelet;

/// <summary>One run of a pod's containers.</summary>
/// <param name="Pod">The pod as it was when it was taken.</param>
/// <param name="Plan">How it is to behave.</param>
/// <param name="StuckContainer">A container that never starts because its image does not arrive; null if all run.</param>
/// <param name="Killed">The pod dies at once, as after SIGKILL or a loss of its node.</param>
public sealed record PodRun(V1Pod Pod, PodPlan Plan, string? StuckContainer, CancellationToken Killed);
