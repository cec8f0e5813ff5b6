using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Tables;

internal static class PodColumns
{
    public static readonly ImmutableArray<TableColumn> All =
    [
        TableColumns.Name,
        new("Ready", (item, _) => Ready(item)),
        new("Status", (item, _) => Reason(item)),
        new("Restarts", (item, _) => Restarts(item)),
        TableColumns.Age,
        new("IP", (item, _) => OrNone(item.TextAt(KubeObject.Status, "podIP"))) { Priority = 1 },
        new("Node", (item, _) => OrNone(item.TextAt(KubeObject.Spec, "nodeName"))) { Priority = 1 },
        new("Nominated Node", (item, _) => OrNone(item.TextAt(KubeObject.Status, "nominatedNodeName"))) { Priority = 1 },
        new("Readiness Gates", (_, _) => "<none>") { Priority = 1 },
    ];

    private static string Ready(KubeObject item) =>
        $"{Statuses(item, "containerStatuses").Count(status => Flag(status, "ready"))}/{Statuses(item, "containers", KubeObject.Spec).Count()}";

    private static string Restarts(KubeObject item) => Statuses(item, "containerStatuses")
        .Concat(Statuses(item, "initContainerStatuses"))
        .Sum(status => status.TryGetProperty("restartCount", out var count) ? count.GetInt64() : 0)
        .ToString(CultureInfo.InvariantCulture);

    private static string Reason(KubeObject item)
    {
        var reason = item.TextAt(KubeObject.Status, "reason") is { Length: > 0 } given ? given : item.TextAt(KubeObject.Status, "phase");
        var initial = Statuses(item, "initContainerStatuses").ToArray();
        for (var i = 0; i < initial.Length; i++)
        {
            if (State(initial[i], "terminated") is { } ended && Number(ended, "exitCode") == 0)
            {
                continue;
            }

            if (Flag(initial[i], "started") || Flag(initial[i], "ready"))
            {
                continue;
            }

            return item.Meta.Deleted is not null ? "Terminating" : InitReason(initial[i], i, Statuses(item, "initContainers", KubeObject.Spec).Count());
        }

        foreach (var status in Statuses(item, "containerStatuses").Reverse())
        {
            reason = ContainerReason(status) ?? reason;
        }

        return item.Meta.Deleted is null ? reason
            : item.TextAt(KubeObject.Status, "reason") == "NodeLost" ? "Unknown"
            : "Terminating";
    }

    private static string InitReason(JsonElement status, int index, int total) =>
        ContainerReason(status) is { } reason and not "PodInitializing" ? $"Init:{reason}" : $"Init:{index}/{total}";

    private static string? ContainerReason(JsonElement status)
    {
        if (State(status, "waiting") is { } waiting && Text(waiting, "reason") is { Length: > 0 } why)
        {
            return why;
        }

        if (State(status, "terminated") is not { } ended)
        {
            return null;
        }

        return Text(ended, "reason") is { Length: > 0 } reason ? reason
            : Number(ended, "signal") != 0 ? $"Signal:{Number(ended, "signal")}"
            : $"ExitCode:{Number(ended, "exitCode")}";
    }

    private static JsonElement.ArrayEnumerator Statuses(KubeObject item, string list, string section = KubeObject.Status) =>
        item.At(section, list) is { ValueKind: JsonValueKind.Array } statuses ? statuses.EnumerateArray() : default;

    private static JsonElement? State(JsonElement status, string name) =>
        status.TryGetProperty("state", out var state) && state.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object
            ? found
            : null;

    private static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static long Number(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetInt64() : 0;

    private static string OrNone(string text) => text.Length > 0 ? text : "<none>";
}
