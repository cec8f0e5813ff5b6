namespace Scheduler.Core.Facts;

/// <summary>What this program remembers of a container. Before the kubelet has reported it, it is in no state at all.</summary>
/// <param name="Kind">What it is in its pod.</param>
/// <param name="Name">Its name.</param>
/// <param name="Image">As reported by the kubelet, else as in the pod's spec.</param>
/// <param name="Waiting">Why it does not run; null when it does not wait.</param>
/// <param name="RunningSince">Null when it does not run.</param>
/// <param name="Terminated">How it ended; null when it has not.</param>
public sealed record ContainerFact(
    ContainerKind Kind, string Name, string Image, ContainerWaiting? Waiting, DateTimeOffset? RunningSince, ContainerTerminated? Terminated);
