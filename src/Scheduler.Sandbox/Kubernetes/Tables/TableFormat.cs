using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Tables;

/// <summary>Answers as meta.k8s.io/v1 Tables, which is what <c>kubectl get</c> asks for.</summary>
internal static class TableFormat
{
    /// <summary>Whether the client prefers a Table; the media types are taken in the order it lists them.</summary>
    public static bool IsAskedFor(string accept) =>
        accept.Split(',')[0] is var first
        && first.Contains("as=Table", StringComparison.Ordinal)
        && first.Contains("v=v1", StringComparison.Ordinal);

    /// <param name="columns">The columns.</param>
    /// <param name="items">One row each.</param>
    /// <param name="listMeta">The metadata of the list, or of the one object.</param>
    /// <param name="include">The includeObject parameter: None, Metadata (also when empty) or Object.</param>
    /// <param name="withColumns">Watches describe the columns in their first event only.</param>
    /// <param name="now">For ages.</param>
    public static byte[] Write(
        ImmutableArray<TableColumn> columns,
        IEnumerable<KubeObject> items,
        JsonObject listMeta,
        string include,
        bool withColumns,
        DateTimeOffset now)
    {
        var table = new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = listMeta,
            ["columnDefinitions"] = withColumns ? new JsonArray([.. columns.Select(Definition)]) : null,
            ["rows"] = new JsonArray([.. items.Select(item => Row(columns, item, include, now))]),
        };
        return JsonBytes.Of(table);
    }

    public static JsonObject MetaOf(KubeObject item) => new() { ["resourceVersion"] = item.Meta.Revision.ToString(CultureInfo.InvariantCulture) };

    private static JsonObject Row(ImmutableArray<TableColumn> columns, KubeObject item, string include, DateTimeOffset now)
    {
        var row = new JsonObject { ["cells"] = new JsonArray([.. columns.Select(column => column.Value(item, now))]) };
        row["object"] = include switch
        {
            "None" => null,
            "Object" => JsonNode.Parse(item.Json.Span),
            _ => new JsonObject
            {
                ["kind"] = "PartialObjectMetadata",
                ["apiVersion"] = "meta.k8s.io/v1",
                ["metadata"] = JsonNode.Parse(ObjectWriter.WriteMeta(item.Meta)),
            },
        };
        return row;
    }

    private static JsonNode Definition(TableColumn column) => new JsonObject
    {
        ["name"] = column.Name,
        ["type"] = column.Type,
        ["format"] = column.Format,
        ["description"] = column.Name,
        ["priority"] = column.Priority,
    };
}
