using System.Text.Json;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;
using Scheduler.Sandbox.Kubernetes.Tables;

namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>What an unfinished Job needs now. Made from the Job, its pods and the time alone.</summary>
/// <param name="Create">How many pods to create.</param>
/// <param name="StopPods">Whether the active pods are to be deleted.</param>
/// <param name="Outcome">The condition that ends the Job; null to go on.</param>
/// <param name="Reason">Why it failed; empty otherwise.</param>
/// <param name="Message">The same for people.</param>
/// <param name="IsSuspended">Whether the Job is suspended.</param>
/// <param name="LookAgainAt">When time alone will change the plan; null when it will not.</param>
internal sealed record JobPlan(
    int Create, bool StopPods, string? Outcome, string Reason, string Message, bool IsSuspended, DateTimeOffset? LookAgainAt)
{
    public static JobPlan For(KubeObject job, PodTally pods, DateTimeOffset now)
    {
        if (job.At(KubeObject.Spec, "suspend").ValueKind == JsonValueKind.True)
        {
            return new JobPlan(0, true, null, "JobSuspended", "Job suspended", true, null);
        }

        if (pods.Failed > Number(job, "backoffLimit", 6))
        {
            return Fail("BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }

        var deadline = Deadline(job, now);
        if (deadline <= now)
        {
            return Fail("DeadlineExceeded", "Job was active longer than specified deadline");
        }

        var parallelism = Number(job, "parallelism", 1);
        var completions = job.NumberAt(KubeObject.Spec, "completions");
        if (completions is { } wanted ? pods.Succeeded >= wanted : pods is { Succeeded: > 0, Active: 0 })
        {
            return new JobPlan(0, false, JobConditions.Complete, "", "", false, null);
        }

        // Without a number of completions, the first success ends the creation of pods.
        var open = completions is { } total ? total - pods.Succeeded : pods.Succeeded > 0 ? 0 : parallelism;
        var create = Math.Max(0, Math.Min(parallelism, open) - pods.Active);
        return new JobPlan((int)create, false, null, "", "", false, deadline);
    }

    private static JobPlan Fail(string reason, string message) => new(0, true, JobConditions.Failed, reason, message, false, null);

    private static DateTimeOffset? Deadline(KubeObject job, DateTimeOffset now) =>
        job.NumberAt(KubeObject.Spec, "activeDeadlineSeconds") is { } seconds
            ? (AgeText.Time(job.TextAt(KubeObject.Status, "startTime")) ?? now).AddSeconds(seconds)
            : null;

    private static long Number(KubeObject job, string name, long byDefault) => job.NumberAt(KubeObject.Spec, name) ?? byDefault;
}
