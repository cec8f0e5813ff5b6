using System.Collections.Frozen;
using Scheduler.Core.Facts;

namespace Scheduler.Core.Verdicts;

/// <summary>
/// Whether Kubernetes takes a pod away for reasons that are not the job's: a node short of memory, a drain, a preemption, a node that
/// shuts down. The author of a job whose agent ran there sees it end without a cause, and is told this one.
/// </summary>
public static class Disruption
{
    /// <summary>The kubelet's words for it, in a failed pod's status.</summary>
    private static readonly FrozenSet<string> Reasons = FrozenSet.Create(
        StringComparer.Ordinal, "Evicted", "Preempting", "Terminated", "NodeShutdown", "Shutdown", "NodeLost");

    /// <summary>Why; null when nothing of the kind is to be seen, or no agent was at work.</summary>
    public static string? Of(PodFact? pod)
    {
        if (PodVerdict.Agent(pod) is not ({ RunningSince: not null } or { Terminated.ExitCode: not 0 }))
        {
            return null;
        }

        // An API server says it before the pod ends, a kubelet with the end.
        var target = pod!.Conditions.FirstOrDefault(condition => condition is { Type: "DisruptionTarget", Status: "True" });
        return pod is { Phase: PodPhase.Failed, Reason: { } reason } && Reasons.Contains(reason) ? Text(reason, pod.Message)
            : target is not null ? Text(target.Reason ?? target.Type, target.Message)
            : null;
    }

    private static string Text(string reason, string? message) => string.IsNullOrEmpty(message) ? reason : $"{reason}: {message.TrimEnd('.', ' ', '\n')}";
}
