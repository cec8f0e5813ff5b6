using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Tables;

/// <summary>One column of what <c>kubectl get</c> prints.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Value">Its cell for an object at a time.</param>
internal sealed record TableColumn(string Name, Func<KubeObject, DateTimeOffset, JsonNode> Value)
{
    public string Type { get; init; } = "string";

    /// <summary><c>name</c> for the column with the object's name.</summary>
    public string Format { get; init; } = "";

    /// <summary>0 is always shown, 1 only with <c>-o wide</c>.</summary>
    public int Priority { get; init; }
}
