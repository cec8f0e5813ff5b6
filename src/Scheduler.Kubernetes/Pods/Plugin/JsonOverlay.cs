using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Pods.Plugin;

/// <summary>
/// One configuration read over another: later scalars win, objects merge by field, a later list replaces the earlier one but its
/// elements are read over the earlier ones at the same place.
/// </summary>
internal static class JsonOverlay
{
    /// <returns>A tree of its own.</returns>
    public static JsonNode? Of(JsonNode? earlier, JsonNode? later) => (earlier, later) switch
    {
        (JsonObject old, JsonObject over) => OfObjects(old, over),
        (JsonArray old, JsonArray over) =>
            new JsonArray([.. over.Index().Select(e => Of(e.Index < old.Count ? old[e.Index] : null, e.Item))]),
        _ => later?.DeepClone(),
    };

    private static JsonObject OfObjects(JsonObject earlier, JsonObject later)
    {
        var result = (JsonObject)earlier.DeepClone();
        foreach (var (key, value) in later)
        {
            result[key] = Of(earlier[key], value);
        }

        return result;
    }
}
