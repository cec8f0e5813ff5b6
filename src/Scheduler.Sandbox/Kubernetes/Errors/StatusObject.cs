using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Errors;

/// <summary>The <c>Status</c> objects of the API.</summary>
internal static class StatusObject
{
    public static JsonObject Of(ApiError error)
    {
        var status = Basic("Failure");
        status["message"] = error.Message;
        if (error.Reason.Length > 0)
        {
            status["reason"] = error.Reason;
        }

        var details = new JsonObject();
        Add(details, "name", error.Name);
        Add(details, "group", error.Group);
        Add(details, "kind", error.Kind);
        if (error.Causes.Length > 0)
        {
            details["causes"] = new JsonArray([.. error.Causes.Select(Of)]);
        }

        if (error.RetryAfterSeconds is { } seconds)
        {
            details["retryAfterSeconds"] = seconds;
        }

        if (details.Count > 0)
        {
            status["details"] = details;
        }

        status["code"] = error.Code;
        return status;
    }

    /// <summary>What a delete answers for an object that is gone.</summary>
    public static JsonObject Deleted(KubeObject item)
    {
        var status = Basic("Success");
        var details = new JsonObject { ["name"] = item.Meta.Name };
        Add(details, "group", item.Type.Group);
        details["kind"] = item.Type.Plural;
        details["uid"] = item.Meta.Uid;
        status["details"] = details;
        return status;
    }

    private static JsonObject Basic(string status) =>
        new() { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = status };

    private static JsonObject Of(Cause cause)
    {
        var json = new JsonObject();
        Add(json, "reason", cause.Reason);
        json["message"] = cause.Message;
        Add(json, "field", cause.Field);
        return json;
    }

    private static void Add(JsonObject json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json[name] = value;
        }
    }
}
