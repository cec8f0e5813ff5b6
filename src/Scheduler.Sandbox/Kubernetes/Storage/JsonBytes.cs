using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Sandbox.Kubernetes.Storage;

/// <summary>JSON trees as bytes, with no more escapes than JSON asks for.</summary>
internal static class JsonBytes
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(JsonNode json) => JsonSerializer.SerializeToUtf8Bytes(json, Options);

    /// <summary>A tree that can no longer change.</summary>
    public static JsonElement Freeze(JsonNode json) => JsonSerializer.SerializeToElement(json, Options);
}
