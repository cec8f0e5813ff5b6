using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>Values and paths as messages show them.</summary>
internal static class FragmentText
{
    private const int Longest = 80;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Show(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => $"the text {Quote(node.GetValue<string>())}",
        JsonValueKind.Number => $"the number {Shorten(node.ToJsonString())}",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => KindOf(node),
    };

    public static string KindOf(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Object => "a mapping",
        JsonValueKind.Array => "a list",
        _ => "nothing",
    };

    /// <summary>In double quotes, control characters escaped, shortened.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(Shorten(text), Relaxed);

    public static string Child(string path, string key)
    {
        var plain = key.Length is > 0 and <= Longest && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '$' or '<');
        return plain ? (path.Length == 0 ? key : $"{path}.{key}") : $"{path}[{Quote(key)}]";
    }

    public static string Shorten(string text)
    {
        if (text.Length <= Longest)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
