using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>The status that goes with a plan.</summary>
internal static class JobStatus
{
    /// <param name="job">The Job as it is.</param>
    /// <param name="plan">The plan, carried out.</param>
    /// <param name="pods">Its pods after that.</param>
    /// <param name="now">The time of what changes.</param>
    public static JsonObject Next(KubeObject job, JobPlan plan, PodTally pods, DateTimeOffset now)
    {
        var status = JsonObject.Create(job.At(KubeObject.Status)) ?? [];
        var time = ObjectWriter.Time(now);
        if (plan.IsSuspended)
        {
            status.Remove("startTime");
        }
        else
        {
            status.SetDefault("startTime", time);
        }

        Set(status, "active", pods.Active);
        Set(status, "succeeded", pods.Succeeded);
        Set(status, "failed", pods.Failed);
        status["ready"] = pods.Ready;
        status.SetDefault("uncountedTerminatedPods", new JsonObject());
        if (plan.Outcome is { } outcome)
        {
            if (outcome == JobConditions.Complete)
            {
                status["completionTime"] = time;
                AddCondition(status, JobConditions.SuccessCriteriaMet, "True", "CompletionsReached", "Reached expected number of succeeded pods", time);
                AddCondition(status, outcome, "True", "CompletionsReached", "Reached expected number of succeeded pods", time);
            }
            else
            {
                AddCondition(status, JobConditions.FailureTarget, "True", plan.Reason, plan.Message, time);
                AddCondition(status, outcome, "True", plan.Reason, plan.Message, time);
            }
        }
        else if (plan.IsSuspended)
        {
            AddCondition(status, JobConditions.Suspended, "True", plan.Reason, plan.Message, time);
        }
        else if (JobConditions.IsTrue(job, JobConditions.Suspended))
        {
            AddCondition(status, JobConditions.Suspended, "False", "JobResumed", "Job resumed", time);
        }

        return status;
    }

    private static void AddCondition(JsonObject status, string type, string value, string reason, string message, string time)
    {
        var conditions = status.ArrayAt("conditions") ?? [];
        status["conditions"] = conditions;
        var known = conditions.OfType<JsonObject>().FirstOrDefault(condition => condition.TextAt("type") == type);
        if (known?.TextAt("status") == value)
        {
            return;
        }

        conditions.Remove(known);
        conditions.Add(new JsonObject
        {
            ["type"] = type,
            ["status"] = value,
            ["lastProbeTime"] = time,
            ["lastTransitionTime"] = time,
            ["reason"] = reason,
            ["message"] = message,
        });
    }

    private static void Set(JsonObject status, string name, int count)
    {
        if (count == 0)
        {
            status.Remove(name);
        }
        else
        {
            status[name] = count;
        }
    }
}
