using Scheduler.Core.Facts;
using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Watching.Wire;

/// <summary>From a pod as sent to what this program remembers of it.</summary>
internal static class PodReading
{
    /// <summary>Of whichever owner: that a pod has lost its own is news, too.</summary>
    public static Reading<PodFact> Read(PodWire pod) => pod.Metadata is { } meta && meta.TryGetJob(out var job)
        ? Reading<PodFact>.Of(FactOf(pod, meta, job))
        : Reading<PodFact>.Not(StrangerReason.Label);

    private static PodFact FactOf(PodWire pod, MetaWire meta, JobId job)
    {
        var status = pod.Status;
        return new PodFact(job, meta.Name ?? "", meta.Uid ?? "", meta.Revision, PhaseOf(status?.Phase))
        {
            Owner = meta.OwnerJob,
            NodeName = pod.Spec?.NodeName,
            CreatedAt = meta.CreationTimestamp,
            StartedAt = status?.StartTime,
            DeletedAt = meta.DeletionTimestamp,
            TerminationGrace = pod.Spec?.TerminationGracePeriodSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Reason = status?.Reason,
            Message = status?.Message,
            Containers =
            [
                .. Join(pod.Spec?.InitContainers, status?.InitContainerStatuses, init => init.RestartPolicy == "Always" ? ContainerKind.Sidecar : ContainerKind.Init),
                .. Join(pod.Spec?.Containers, status?.ContainerStatuses, _ => ContainerKind.Regular),
            ],
            Conditions = [.. (status?.Conditions ?? []).Select(c => new PodCondition(c.Type ?? "", c.Status ?? "", c.Reason, c.Message))],
        };
    }

    private static IEnumerable<ContainerFact> Join(
        IReadOnlyList<ContainerWire>? specs, IReadOnlyList<ContainerStatusWire>? statuses, Func<ContainerWire, ContainerKind> kind) =>
        (specs ?? []).Select(spec => Read(kind(spec), spec, statuses?.FirstOrDefault(status => status.Name == spec.Name)));

    private static ContainerFact Read(ContainerKind kind, ContainerWire spec, ContainerStatusWire? status)
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

    private static PodPhase PhaseOf(string? phase) => phase switch
    {
        "Pending" => PodPhase.Pending,
        "Running" => PodPhase.Running,
        "Succeeded" => PodPhase.Succeeded,
        "Failed" => PodPhase.Failed,
        _ => PodPhase.Unknown,
    };
}
