using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Tables;

/// <summary>The columns of the simpler kinds.</summary>
internal static class TableColumns
{
    public static readonly TableColumn Name = new("Name", (item, _) => item.Meta.Name) { Format = "name" };

    public static readonly TableColumn Age = new("Age", (item, now) => AgeText.Since(item.Meta.Created, now));

    public static readonly ImmutableArray<TableColumn> NameAndAge = [Name, Age];

    public static readonly ImmutableArray<TableColumn> OfNamespaces =
        [Name, new("Status", (item, _) => item.TextAt(KubeObject.Status, "phase")), Age];

    public static readonly ImmutableArray<TableColumn> OfSecrets =
        [Name, new("Type", (item, _) => item.TextAt("type")), Count("data"), Age];

    public static readonly ImmutableArray<TableColumn> OfConfigMaps = [Name, Count("data"), Age];

    public static readonly ImmutableArray<TableColumn> OfLeases =
        [Name, new("Holder", (item, _) => item.TextAt(KubeObject.Spec, "holderIdentity")), Age];

    public static readonly ImmutableArray<TableColumn> OfEvents =
    [
        new("Last Seen", (item, now) => AgeText.Since(AgeText.Time(item.TextAt("lastTimestamp")) ?? item.Meta.Created, now)),
        new("Type", (item, _) => item.TextAt("type")),
        new("Reason", (item, _) => item.TextAt("reason")),
        new(
            "Object",
            (item, _) => $"{item.TextAt("involvedObject", "kind").ToLowerInvariant()}/{item.TextAt("involvedObject", "name")}"),
        new("Message", (item, _) => item.TextAt("message").Trim()),
        Name with { Priority = 1 },
    ];

    private static TableColumn Count(string field) =>
        new("Data", (item, _) => item.At(field) is { ValueKind: JsonValueKind.Object } data ? data.GetPropertyCount() : 0)
        {
            Type = "integer",
        };
}
