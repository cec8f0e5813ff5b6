namespace Scheduler.Sandbox.Kubelet.Agents;

/// <summary>How a job ended, for Buildkite and for Kubernetes.</summary>
/// <param name="ExitStatus">What the agent reports.</param>
/// <param name="SignalReason">Why it ended early; null if it did not.</param>
/// <param name="ContainerExit">Exit code of the command's container.</param>
internal sealed record AgentResult(int ExitStatus, string? SignalReason, int ContainerExit);
