using System.Text.Json;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Resources;

/// <summary>The conditions in a Job's status.</summary>
internal static class JobConditions
{
    public const string Complete = "Complete";
    public const string Failed = "Failed";
    public const string Suspended = "Suspended";
    public const string FailureTarget = "FailureTarget";
    public const string SuccessCriteriaMet = "SuccessCriteriaMet";

    /// <summary>Whether the Job has ended for good.</summary>
    public static bool IsFinished(KubeObject job) => IsTrue(job, Complete) || IsTrue(job, Failed);

    public static bool IsTrue(KubeObject job, string type) => Find(job, type) is { } condition && Text(condition, "status") == "True";

    public static JsonElement? Find(KubeObject job, string type)
    {
        if (job.At(KubeObject.Status, "conditions") is { ValueKind: JsonValueKind.Array } conditions)
        {
            foreach (var condition in conditions.EnumerateArray())
            {
                if (Text(condition, "type") == type)
                {
                    return condition;
                }
            }
        }

        return null;
    }

    public static string Text(JsonElement condition, string name) =>
        condition.ValueKind == JsonValueKind.Object && condition.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
