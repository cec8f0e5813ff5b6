using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Tables;

internal static class JobColumns
{
    public static readonly ImmutableArray<TableColumn> All =
    [
        TableColumns.Name,
        new("Completions", (item, _) => Completions(item)),
        new("Duration", (item, now) => Duration(item, now)),
        TableColumns.Age,
        new("Containers", (item, _) => Join(item, "name")) { Priority = 1 },
        new("Images", (item, _) => Join(item, "image")) { Priority = 1 },
        new("Selector", (item, _) => Selector(item)) { Priority = 1 },
    ];

    private static string Completions(KubeObject item)
    {
        var succeeded = item.NumberAt(KubeObject.Status, "succeeded") ?? 0;
        if (item.NumberAt(KubeObject.Spec, "completions") is { } wanted)
        {
            return $"{succeeded}/{wanted}";
        }

        var parallelism = item.NumberAt(KubeObject.Spec, "parallelism") ?? 0;
        return parallelism > 1 ? $"{succeeded}/1 of {parallelism}" : $"{succeeded}/1";
    }

    private static string Duration(KubeObject item, DateTimeOffset now) =>
        AgeText.Time(item.TextAt(KubeObject.Status, "startTime")) is not { } start ? ""
            : AgeText.Of((AgeText.Time(item.TextAt(KubeObject.Status, "completionTime")) ?? now) - start);

    private static string Join(KubeObject item, string field) =>
        item.At(KubeObject.Spec, "template", KubeObject.Spec, "containers") is { ValueKind: JsonValueKind.Array } containers
            ? string.Join(',', containers.EnumerateArray().Select(container => container.GetProperty(field).GetString()))
            : "";

    private static string Selector(KubeObject item) =>
        item.At(KubeObject.Spec, "selector", "matchLabels") is { ValueKind: JsonValueKind.Object } labels
            ? string.Join(',', labels.EnumerateObject().Select(label => $"{label.Name}={label.Value}"))
            : "<none>";
}
