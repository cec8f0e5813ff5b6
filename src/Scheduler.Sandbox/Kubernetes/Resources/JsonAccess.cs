using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;

namespace Scheduler.Sandbox.Kubernetes.Resources;

/// <summary>Reads of a client's JSON: absent and null are the same, and a value of the wrong type is a bad request.</summary>
internal static class JsonAccess
{
    public static JsonObject? ObjectAt(this JsonObject json, string name) => Typed<JsonObject>(json, name, "an object");

    public static JsonArray? ArrayAt(this JsonObject json, string name) => Typed<JsonArray>(json, name, "an array");

    public static string TextAt(this JsonObject json, string name)
    {
        if (json[name] is not { } node)
        {
            return "";
        }

        return node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : throw WrongType(name, node, "a string");
    }

    public static long? NumberAt(this JsonObject json, string name)
    {
        if (json[name] is not JsonValue node)
        {
            return json[name] is { } other ? throw WrongType(name, other, "a whole number") : null;
        }

        return node.TryGetValue<long>(out var number) ? number
            : node.TryGetValue<int>(out var small) ? small
            : throw WrongType(name, node, "a whole number");
    }

    public static bool? FlagAt(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        { } node when node.GetValueKind() is JsonValueKind.True => true,
        { } node when node.GetValueKind() is JsonValueKind.False => false,
        { } node => throw WrongType(name, node, "true or false"),
    };

    /// <summary>The objects of an array; empty when it is absent.</summary>
    public static IEnumerable<JsonObject> ObjectsAt(this JsonObject json, string name) =>
        json.ArrayAt(name)?.Select(item => item as JsonObject ?? throw WrongType(name, item, "an array of objects")) ?? [];

    /// <summary>The object of that name, created when it is absent.</summary>
    public static JsonObject EnsureObject(this JsonObject json, string name)
    {
        if (json.ObjectAt(name) is { } present)
        {
            return present;
        }

        var created = new JsonObject();
        json[name] = created;
        return created;
    }

    public static void SetDefault(this JsonObject json, string name, JsonNode value)
    {
        if (json[name] is null)
        {
            json[name] = value;
        }
    }

    public static ApiError WrongType(string name, JsonNode? found, string expected) => ApiError.BadRequest(
        $"the object provided cannot be decoded: field \"{name}\" must be {expected}, not {found?.GetValueKind().ToString().ToLowerInvariant() ?? "null"}");

    private static T? Typed<T>(JsonObject json, string name, string expected)
        where T : JsonNode =>
        json[name] switch
        {
            null => null,
            T typed => typed,
            { } other => throw WrongType(name, other, expected),
        };
}
