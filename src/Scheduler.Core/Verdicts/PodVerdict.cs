using Scheduler.Core.Facts;
using Scheduler.Core.Jobs;

namespace Scheduler.Core.Verdicts;

/// <summary>
/// From what Kubernetes shows of a job to what that means. Pure. Counterpart of the original's job watcher, pod watcher and
/// completion watcher (controller-behaviour.md §11, §12, §14); Buildkite's side comes in with <see cref="Remedy"/>.
/// </summary>
public static class PodVerdict
{
    /// <summary>The container that runs the agent, in every pod the job builder makes.</summary>
    public const string AgentContainer = "agent";

    /// <param name="job">The Kubernetes Job; null when there is none.</param>
    /// <param name="vanished">There was one, unfinished, that was not deleted by this program.</param>
    /// <param name="pod">Its newest pod; null when there is none.</param>
    /// <param name="stuck">What is remembered of the pod, this look included.</param>
    /// <param name="now">The time by the wall clock, as Kubernetes' timestamps are.</param>
    /// <param name="settings">How long to wait for what.</param>
    public static Verdict Judge(JobFact? job, bool vanished, PodFact? pod, StuckContainers stuck, DateTimeOffset now, VerdictSettings settings)
    {
        ArgumentNullException.ThrowIfNull(stuck);
        ArgumentNullException.ThrowIfNull(settings);
        return job switch
        {
            null => vanished && !AgentRuns(pod) ? new Verdict.InTrouble(Trouble.JobDeleted) : Verdict.Over.Instance,
            { State: KubernetesJobState.Finished } => JudgeFinished(job, pod),
            { DeletedAt: not null } when !AgentRuns(pod) => new Verdict.InTrouble(Trouble.JobDeleted),
            _ when pod is not null => JudgePod(job, pod, stuck, now, settings),
            _ => JudgePodless(job, now, settings),
        };
    }

    /// <summary>Whether the agent runs, whatever the pod's phase: a pod stays Pending while one of its containers cannot be made.</summary>
    public static bool AgentRuns(PodFact? pod) => Agent(pod)?.RunningSince is not null;

    /// <summary>The agent's container; null when there is no pod or it has none.</summary>
    public static ContainerFact? Agent(PodFact? pod) =>
        pod?.Containers.FirstOrDefault(container => container is { Kind: ContainerKind.Regular, Name: AgentContainer });

    /// <summary>Whether an init container has failed; a sidecar may end as it likes.</summary>
    public static bool HasFailed(ContainerFact container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return container is { Kind: ContainerKind.Init, Terminated.ExitCode: not 0 };
    }

    private static Verdict JudgeFinished(JobFact job, PodFact? pod) =>
        job.Succeeded > 0 || job.Ending?.Type == "Complete" ? Verdict.Over.Instance
        : pod is not null && pod.Containers.Any(HasFailed) ? new Verdict.InTrouble(Trouble.InitFailed)
        : job.Ending?.Reason == "DeadlineExceeded" ? new Verdict.InTrouble(Trouble.DeadlineExceeded)
        : job.HasPod || job.Failed > 0 ? new Verdict.InTrouble(Trouble.PodFailed)
        : new Verdict.InTrouble(Trouble.NoPodEver);

    private static Verdict JudgePodless(JobFact job, DateTimeOffset now, VerdictSettings settings)
    {
        if (job.HasPod || job.StartedAt is not { } started)
        {
            // Its pod is gone and the Job controller will say so; or it is suspended.
            return new Verdict.Waiting(null);
        }

        var due = Later(started, settings.EmptyJobGrace);
        return due <= now ? new Verdict.InTrouble(Trouble.Stalled) : new Verdict.Waiting(due);
    }

    private static Verdict JudgePod(JobFact job, PodFact pod, StuckContainers stuck, DateTimeOffset now, VerdictSettings settings)
    {
        if (pod.Containers.Any(HasFailed))
        {
            return new Verdict.InTrouble(Trouble.InitFailed);
        }

        if (pod.Phase is PodPhase.Succeeded or PodPhase.Failed)
        {
            return new Verdict.Running(null);
        }

        if (Agent(pod)?.Terminated is { } ended && pod.Phase is PodPhase.Pending or PodPhase.Running)
        {
            return JudgeCompletion(job, pod, ended, now, settings);
        }

        if (!stuck.Over(pod, settings.ImageGrace, now).IsEmpty)
        {
            return new Verdict.InTrouble(Trouble.ContainersStuck);
        }

        return JudgeTime(pod, stuck, now, settings);
    }

    private static Verdict JudgeCompletion(JobFact job, PodFact pod, ContainerTerminated agent, DateTimeOffset now, VerdictSettings settings)
    {
        if (settings.CompletionDeadline is not { } deadline || job.Deadline <= deadline)
        {
            return Quiet(pod, null);
        }

        var due = agent.FinishedAt is { } finished ? Later(finished, settings.CompletionPause) : now;
        return due <= now ? new Verdict.Overstaying(deadline) : Quiet(pod, due);
    }

    private static Verdict JudgeTime(PodFact pod, StuckContainers stuck, DateTimeOffset now, VerdictSettings settings)
    {
        var lostAt = pod.DeletedAt is { } deletion ? Later(deletion, settings.OverdueAfter) : (DateTimeOffset?)null;
        if (lostAt <= now)
        {
            return new Verdict.InTrouble(Trouble.NodeLost);
        }

        // A container that cannot be made has a time-out of its own, and the agent has one for its fellows.
        var pendingUntil = pod.Phase == PodPhase.Pending && stuck.IsEmpty && !AgentRuns(pod) && pod.CreatedAt is { } created
            ? Later(created, settings.PendingTimeout)
            : (DateTimeOffset?)null;
        return pendingUntil <= now
            ? new Verdict.InTrouble(Trouble.PendingTooLong)
            : Quiet(pod, Earliest(lostAt, pendingUntil, stuck.OverAt(pod, settings.ImageGrace)));
    }

    private static Verdict Quiet(PodFact pod, DateTimeOffset? lookAgainAt) =>
        pod.Phase == PodPhase.Pending && !AgentRuns(pod) ? new Verdict.Waiting(lookAgainAt) : new Verdict.Running(lookAgainAt);

    private static DateTimeOffset? Earliest(params ReadOnlySpan<DateTimeOffset?> times)
    {
        DateTimeOffset? earliest = null;
        foreach (var time in times)
        {
            earliest = earliest < time ? earliest : time ?? earliest;
        }

        return earliest;
    }

    private static DateTimeOffset Later(DateTimeOffset time, TimeSpan span) =>
        span >= DateTimeOffset.MaxValue - time ? DateTimeOffset.MaxValue
        : span <= DateTimeOffset.MinValue - time ? DateTimeOffset.MinValue
        : time + span;
}
