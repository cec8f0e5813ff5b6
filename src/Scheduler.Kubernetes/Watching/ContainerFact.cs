using Scheduler.Kubernetes.Watching.Wire;

namespace Scheduler.Kubernetes.Watching;

/// <summary>What this program remembers of a container. Before the kubelet has reported it, it is in no state at all.</summary>
/// <param name="Kind">What it is in its pod.</param>
/// <param name="Name">Its name.</param>
/// <param name="Image">As reported by the kubelet, else as in the pod's spec.</param>
/// <param name="Waiting">Why it does not run; null when it does not wait.</param>
/// <param name="RunningSince">Null when it does not run.</param>
/// <param name="Terminated">How it ended; null when it has not.</param>
public sealed record ContainerFact(
    ContainerKind Kind, string Name, string Image, ContainerWaiting? Waiting, DateTimeOffset? RunningSince, ContainerTerminated? Terminated)
{
    internal static ContainerFact From(ContainerKind kind, ContainerWire spec, ContainerStatusWire? status)
    {
        var state = status?.State;
        return new ContainerFact(
            kind,
            spec.Name ?? "",
            string.IsNullOrEmpty(status?.Image) ? spec.Image ?? "" : status.Image,
            state?.Waiting is { } waiting ? new ContainerWaiting(waiting.Reason ?? "", waiting.Message) : null,
            state?.Running is { } running ? running.StartedAt ?? DateTimeOffset.MinValue : null,
            state?.Terminated is { } ended
                ? new ContainerTerminated(ended.ExitCode, ended.Signal ?? 0, ended.Reason ?? "", ended.Message, ended.FinishedAt)
                : null);
    }
}
