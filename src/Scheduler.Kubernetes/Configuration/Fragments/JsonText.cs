using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>
/// JSON texts as trees for <see cref="FragmentReader"/>. Unlike <see cref="JsonNode.Parse(string,JsonNodeOptions?,JsonDocumentOptions)"/>
/// it takes duplicate keys (the last wins, as in Go).
/// </summary>
public static class JsonText
{
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = FragmentSize.Deepest };

    /// <summary>False with the parser's words in <paramref name="problem"/> when the text is not one JSON value or is nested too deep.</summary>
    public static bool TryParse(string text, out JsonNode? root, [NotNullWhen(false)] out string? problem)
    {
        (root, problem) = (null, null);
        try
        {
            using var document = JsonDocument.Parse(text, Limits);
            root = Tree(document.RootElement);
            return true;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            problem = e.Message;
            return false;
        }
    }

    private static JsonNode? Tree(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var mapping = new JsonObject();
                foreach (var property in element.EnumerateObject())
                {
                    mapping[property.Name] = Tree(property.Value);
                }

                return mapping;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Tree)]);
            case JsonValueKind.String:
                return JsonValue.Create(element.GetString());
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }
}
