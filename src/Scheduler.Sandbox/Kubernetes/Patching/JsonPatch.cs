using System.Globalization;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Resources;

namespace Scheduler.Sandbox.Kubernetes.Patching;

/// <summary>JSON patch (RFC 6902).</summary>
internal static class JsonPatch
{
    /// <exception cref="ApiError">422 when an operation does not fit the object, 400 when it is not one.</exception>
    public static JsonObject Apply(JsonObject target, JsonArray operations)
    {
        JsonNode root = target;
        foreach (var operation in operations)
        {
            root = Apply(root, operation as JsonObject ?? throw ApiError.BadRequest("a JSON patch is an array of operations"));
        }

        return root as JsonObject ?? throw Unfit("the patch leaves no object");
    }

    private static JsonNode Apply(JsonNode root, JsonObject operation)
    {
        var path = Pointer(operation.TextAt("path"));
        var value = operation["value"];
        switch (operation.TextAt("op"))
        {
            case "add":
                return Put(root, path, value?.DeepClone(), insert: true);
            case "replace":
                Find(root, path);
                return Put(root, path, value?.DeepClone(), insert: false);
            case "remove":
                Remove(root, path);
                return root;
            case "test":
                return JsonNode.DeepEquals(Find(root, path), value)
                    ? root
                    : throw Unfit($"testing value {operation.TextAt("path")} failed: test failed");
            case "move":
                var moved = Find(root, Pointer(operation.TextAt("from")))?.DeepClone();
                Remove(root, Pointer(operation.TextAt("from")));
                return Put(root, path, moved, insert: true);
            case "copy":
                return Put(root, path, Find(root, Pointer(operation.TextAt("from")))?.DeepClone(), insert: true);
            case var unknown:
                throw ApiError.BadRequest($"unexpected JSON patch operation \"{unknown}\"");
        }
    }

    private static JsonNode Put(JsonNode root, string[] path, JsonNode? value, bool insert)
    {
        if (path.Length == 0)
        {
            return value ?? throw Unfit("the patch leaves no object");
        }

        switch (Find(root, path[..^1]))
        {
            case JsonObject parent:
                parent[path[^1]] = value;
                break;
            case JsonArray parent when insert:
                parent.Insert(path[^1] == "-" ? parent.Count : Index(path[^1], parent.Count), value);
                break;
            case JsonArray parent:
                parent[Index(path[^1], parent.Count - 1)] = value;
                break;
            default:
                throw Missing(path);
        }

        return root;
    }

    private static void Remove(JsonNode root, string[] path)
    {
        switch (path.Length == 0 ? null : Find(root, path[..^1]))
        {
            case JsonObject parent when parent.Remove(path[^1]):
                break;
            case JsonArray parent:
                parent.RemoveAt(Index(path[^1], parent.Count - 1));
                break;
            default:
                throw Missing(path);
        }
    }

    private static JsonNode? Find(JsonNode? node, string[] path)
    {
        foreach (var step in path)
        {
            node = node switch
            {
                JsonObject json when json.TryGetPropertyValue(step, out var child) => child,
                JsonArray list => list[Index(step, list.Count - 1)],
                _ => throw Missing(path),
            };
        }

        return node;
    }

    private static int Index(string text, int last) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= last
            ? index
            : throw Unfit($"invalid array index \"{text}\"");

    private static string[] Pointer(string text)
    {
        if (text.Length == 0)
        {
            return [];
        }

        return text[0] == '/'
            ? [.. text[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
            : throw ApiError.BadRequest($"JSON pointer \"{text}\" does not begin with a slash");
    }

    private static ApiError Missing(string[] path) => Unfit($"path /{string.Join('/', path)} does not exist");

    private static ApiError Unfit(string why) =>
        new(422, "Invalid", $"the server rejected our request due to an error in our request: {why}");
}
