using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Pods.Patching;

/// <summary>
/// Strategic merge of a patch into an object (pod-building.md §13.3). Both come from the typed model, so directives can occur
/// only as keys of maps of texts, such as <c>nodeSelector</c>; there they work as in Kubernetes. Changes neither input.
/// </summary>
internal static class StrategicMerge
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string SetElementOrder = "$setElementOrder/";
    private const string DeleteFromList = "$deleteFromPrimitiveList/";

    /// <exception cref="MergeException">An element of a merged list lacks its key, or a directive is malformed.</exception>
    public static JsonObject Merge(JsonObject original, JsonObject patch, MergeSchema schema)
    {
        switch (Text(patch[Directive]))
        {
            case null:
                break;
            case "replace":
                return Without(patch, Directive);
            case "delete":
                return [];
            case var other:
                throw new MergeException($"unknown patch type: {other}");
        }

        var merged = Copy(original);
        foreach (var (key, value) in patch)
        {
            MergeField(merged, FieldOf(key), value, schema);
        }

        return merged;
    }

    private static void MergeField(JsonObject merged, string key, JsonNode? value, MergeSchema schema)
    {
        if (value is null)
        {
            merged.Remove(key);
            return;
        }

        var field = schema[key];
        var result = (merged[key], value) switch
        {
            (JsonObject old, JsonObject over) => Merge(old, over, field.Schema),
            (JsonArray old, JsonArray over) when field.Lists == ListStrategy.MergeByKey => KeyedListMerge.Merge(old, over, field),
            (JsonArray old, JsonArray over) when field.Lists == ListStrategy.MergeScalars => KeyedListMerge.MergeScalars(old, over),
            (not null, _) when merged[key]!.GetValueKind() == value.GetValueKind() => value.DeepClone(),
            _ => Clean(value),
        };
        if (result is null)
        {
            merged.Remove(key);
        }
        else
        {
            merged[key] = result;
        }
    }

    /// <summary>What a key of a map of texts means; such values are never the lists that most directives want.</summary>
    private static string FieldOf(string key)
    {
        if (key == RetainKeys)
        {
            throw new MergeException("invalid patch format of retainKeys");
        }

        if (key.StartsWith(SetElementOrder, StringComparison.Ordinal))
        {
            throw new MergeException($"expected a list in {key}");
        }

        if (!key.StartsWith(DeleteFromList, StringComparison.Ordinal))
        {
            return key;
        }

        var field = key[DeleteFromList.Length..];
        return field.Contains('/', StringComparison.Ordinal)
            ? throw new MergeException("invalid patch format of primitive list")
            : field;
    }

    /// <summary>What stays of a patch value where there is nothing to merge it with: no nulls, nothing that carries a directive.</summary>
    private static JsonNode? Clean(JsonNode value)
    {
        switch (value)
        {
            case JsonObject map when map.ContainsKey(Directive):
                return null;
            case JsonObject map:
                var cleaned = new JsonObject();
                foreach (var (key, member) in map)
                {
                    if (member is not null && Clean(member) is { } kept)
                    {
                        cleaned[key] = kept;
                    }
                }

                return cleaned;
            case JsonArray list:
                var elements = new JsonArray();
                foreach (var element in list)
                {
                    if (element is null)
                    {
                        elements.Add(null);
                    }
                    else if (Clean(element) is { } kept)
                    {
                        elements.Add(kept);
                    }
                }

                return elements;
            default:
                return value.DeepClone();
        }
    }

    private static string? Text(JsonNode? node) =>
        node is { } value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static JsonObject Copy(JsonObject source) => (JsonObject)source.DeepClone();

    private static JsonObject Without(JsonObject source, string key)
    {
        var copy = Copy(source);
        copy.Remove(key);
        return copy;
    }
}
