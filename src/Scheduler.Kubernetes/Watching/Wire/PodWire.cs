namespace Scheduler.Kubernetes.Watching.Wire;

internal sealed record PodWire(MetaWire? Metadata, PodSpecWire? Spec, PodStatusWire? Status) : IWireObject;

internal sealed record PodSpecWire(
    string? NodeName,
    long? TerminationGracePeriodSeconds,
    IReadOnlyList<ContainerWire>? InitContainers,
    IReadOnlyList<ContainerWire>? Containers);

internal sealed record ContainerWire(string? Name, string? Image, string? RestartPolicy);

internal sealed record PodStatusWire(
    string? Phase,
    string? Reason,
    string? Message,
    DateTimeOffset? StartTime,
    IReadOnlyList<ConditionWire>? Conditions,
    IReadOnlyList<ContainerStatusWire>? InitContainerStatuses,
    IReadOnlyList<ContainerStatusWire>? ContainerStatuses);

internal sealed record ContainerStatusWire(string? Name, string? Image, ContainerStateWire? State);

internal sealed record ContainerStateWire(WaitingWire? Waiting, RunningWire? Running, TerminatedWire? Terminated);

internal sealed record WaitingWire(string? Reason, string? Message);

internal sealed record RunningWire(DateTimeOffset? StartedAt);

internal sealed record TerminatedWire(int ExitCode, int? Signal, string? Reason, string? Message, DateTimeOffset? FinishedAt);
