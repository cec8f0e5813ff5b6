using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Pods.Patching;

/// <summary>
/// Merges two lists whose elements are told apart by a key. The patch decides the order of its own elements, the original that
/// of the others; where both leave it open, the patch's come first (pod-building.md §13.3).
/// </summary>
internal static class KeyedListMerge
{
    /// <exception cref="MergeException">An element lacks the key.</exception>
    public static JsonArray Merge(JsonArray original, JsonArray patch, MergeField field)
    {
        var elements = original.Select(element => new Entry(KeyOf(element, field), element)).ToList();
        var originalKeys = Positions(elements.Select(element => element.Key));
        var patchKeys = Positions(patch.Select(element => KeyOf(element, field)));
        foreach (var over in patch)
        {
            var key = KeyOf(over, field);
            var known = elements.FindIndex(element => element.Key == key);
            if (known < 0)
            {
                elements.Add(new Entry(key, over));
            }
            else
            {
                var merged = StrategicMerge.Merge((JsonObject)elements[known].Node!, (JsonObject)over!, field.Schema);
                elements[known] = new Entry(key, merged);
            }
        }

        return Order(elements, originalKeys, patchKeys);
    }

    public static JsonArray MergeScalars(JsonArray original, JsonArray patch)
    {
        var elements = original.Concat(patch).Select(element => new Entry(ScalarKey(element), element)).DistinctBy(element => element.Key);
        return Order([.. elements], Positions(original.Select(ScalarKey)), Positions(patch.Select(ScalarKey)));
    }

    private static JsonArray Order(List<Entry> elements, Dictionary<string, int> inOriginal, Dictionary<string, int> inPatch)
    {
        var patched = new Queue<Entry>(elements.Where(e => inPatch.ContainsKey(e.Key)).OrderBy(e => inPatch[e.Key]));
        var others = new Queue<Entry>(elements.Where(e => !inPatch.ContainsKey(e.Key)).OrderBy(e => inOriginal[e.Key]));
        var ordered = new JsonArray();
        while (patched.Count > 0 || others.Count > 0)
        {
            var othersFirst = patched.Count == 0
                || (others.Count > 0
                    && inOriginal.TryGetValue(patched.Peek().Key, out var place)
                    && inOriginal[others.Peek().Key] < place);
            ordered.Add((othersFirst ? others : patched).Dequeue().Node?.DeepClone());
        }

        return ordered;
    }

    /// <summary>Where each key stands first.</summary>
    private static Dictionary<string, int> Positions(IEnumerable<string> keys)
    {
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, key) in keys.Index())
        {
            positions.TryAdd(key, index);
        }

        return positions;
    }

    private static string KeyOf(JsonNode? element, MergeField field) =>
        element is JsonObject map && map[field.Key!] is { } key
            ? ScalarKey(key)
            : throw new MergeException($"map: {element?.ToJsonString() ?? "null"} does not contain declared merge key: {field.Key}");

    /// <summary>JSON text tells numbers from texts.</summary>
    private static string ScalarKey(JsonNode? scalar) => scalar?.ToJsonString() ?? "null";

    private readonly record struct Entry(string Key, JsonNode? Node);
}
