using k8s.Models;

namespace Scheduler.Sandbox.Kubelet.Pods;

/// <summary>Container states in Kubernetes' own words.</summary>
internal static class ContainerStates
{
    public static V1ContainerState Waiting(string reason, string? message = null) =>
        new() { Waiting = new V1ContainerStateWaiting { Reason = reason, Message = message } };

    public static V1ContainerState Running(DateTime since) => new() { Running = new V1ContainerStateRunning { StartedAt = since } };

    public static V1ContainerState Ended(int exitCode, DateTime since, DateTime now, string? reason = null, string? message = null) => new()
    {
        Terminated = new V1ContainerStateTerminated
        {
            ExitCode = exitCode,
            Reason = reason ?? (exitCode == 0 ? "Completed" : "Error"),
            Message = message,
            StartedAt = since,
            FinishedAt = now,
        },
    };
}
