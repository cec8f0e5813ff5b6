using System.Collections.Immutable;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Core.Tests.Verdicts;

/// <summary>Jobs, pods and containers of tests, told as prose: all of them begin at noon.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static readonly JobId Job = JobId.Parse("0191d1a0-0000-7000-8000-000000000001");

    public static JobFact StartedJob { get; } = new(Job, "buildkite-1", "job-uid", KubernetesJobState.Unfinished, new Revision(1), null)
    {
        CreatedAt = Noon,
        StartedAt = Noon,
        Deadline = TimeSpan.FromHours(6),
    };

    public static JobFact SuspendedJob { get; } = StartedJob with { StartedAt = null };

    public static JobFact JobWithPod { get; } = StartedJob with { Active = 1, HasPod = true };

    public static PodFact PendingPod { get; } = new(Job, "buildkite-1-x", "pod-uid", new Revision(1), PodPhase.Pending)
    {
        Owner = "job-uid",
        CreatedAt = Noon,
        StartedAt = Noon,
        Containers = [Init("copy-agent"), Regular("container-0"), Regular("agent"), Regular("checkout")],
    };

    public static PodFact RunningPod { get; } = PendingPod.With(Regular("agent").Running()) with { Phase = PodPhase.Running };

    public static ContainerFact Init(string name) => new(ContainerKind.Init, name, $"registry/{name}:1", null, null, null);

    public static ContainerFact Sidecar(string name) => Init(name) with { Kind = ContainerKind.Sidecar };

    public static ContainerFact Regular(string name) => Init(name) with { Kind = ContainerKind.Regular };

    public static ContainerFact Waiting(this ContainerFact container, string reason, string? message = null) =>
        container with { Waiting = new ContainerWaiting(reason, message), RunningSince = null, Terminated = null };

    public static ContainerFact Running(this ContainerFact container) =>
        container with { Waiting = null, RunningSince = Noon, Terminated = null };

    public static ContainerFact Ended(this ContainerFact container, int exitCode, string reason = "Error", string? message = null, DateTimeOffset? at = null) =>
        container with { Waiting = null, RunningSince = null, Terminated = new ContainerTerminated(exitCode, 0, reason, message, at) };

    /// <summary>The pod with containers replaced by those of the same name, or added.</summary>
    public static PodFact With(this PodFact pod, params ImmutableArray<ContainerFact> containers) => pod with
    {
        Containers =
        [
            .. pod.Containers.Select(old => containers.FirstOrDefault(other => other.Name == old.Name) ?? old),
            .. containers.Where(container => pod.Containers.All(old => old.Name != container.Name)),
        ],
    };

    public static JobFact Finished(this JobFact job, string type, string? reason = null, int failed = 0, int succeeded = 0) => job with
    {
        State = KubernetesJobState.Finished,
        Ending = new JobEnding(type, reason, null),
        Active = 0,
        Failed = failed,
        Succeeded = succeeded,
        HasPod = job.HasPod || failed + succeeded > 0,
    };
}
