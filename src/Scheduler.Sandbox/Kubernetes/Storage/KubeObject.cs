using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Resources;

namespace Scheduler.Sandbox.Kubernetes.Storage;

/// <summary>
/// One version of one object. Immutable all the way down, so versions share their unchanged parts, readers need no
/// protection, and the bytes sent to clients are made at most once, however many of them get them.
/// </summary>
/// <param name="type">The row of the resource table.</param>
/// <param name="meta">The metadata.</param>
/// <param name="fields">Everything at the top level but apiVersion, kind and metadata.</param>
internal sealed class KubeObject(ResourceType type, ObjectMeta meta, ImmutableSortedDictionary<string, JsonElement> fields)
{
    public const string Status = "status";
    public const string Spec = "spec";

    // Two readers may both find null and both write: the same bytes, and a reference is written atomically.
    private byte[]? _json;

    public ResourceType Type => type;

    public ObjectMeta Meta => meta;

    public ImmutableSortedDictionary<string, JsonElement> Fields => fields;

    public ObjectKey Key => new(type, meta.Namespace, meta.Name);

    /// <summary>The object as clients get it.</summary>
    public ReadOnlyMemory<byte> Json => _json ??= ObjectWriter.Write(this);

    public KubeObject With(ObjectMeta changed) => new(type, changed, fields);

    public KubeObject With(string field, JsonElement value) => new(type, meta, fields.SetItem(field, value));

    public KubeObject With(string field, JsonNode value) => With(field, JsonBytes.Freeze(value));

    /// <summary>This object with another one's field, or without it when that one has none.</summary>
    public KubeObject WithFieldOf(KubeObject other, string field) =>
        new(type, meta, other.Fields.TryGetValue(field, out var value) ? fields.SetItem(field, value) : fields.Remove(field));

    /// <summary>The value at a path below the top level; undefined when a step is missing.</summary>
    public JsonElement At(params ReadOnlySpan<string> path)
    {
        if (!fields.TryGetValue(path[0], out var value))
        {
            return default;
        }

        foreach (var step in path[1..])
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(step, out value))
            {
                return default;
            }
        }

        return value;
    }

    /// <summary>The string at a path; empty when there is none.</summary>
    public string TextAt(params ReadOnlySpan<string> path) =>
        At(path) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    /// <summary>The whole number at a path; null when there is none.</summary>
    public long? NumberAt(params ReadOnlySpan<string> path) =>
        At(path) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    /// <summary>Whether nothing but the revision differs: such a write is answered without being one.</summary>
    public bool SameContentAs(KubeObject other) =>
        fields.Count == other.Fields.Count
        && fields.All(field => other.Fields.TryGetValue(field.Key, out var value) && JsonElement.DeepEquals(field.Value, value))
        && ObjectWriter.WriteMeta(meta with { Revision = 0 }).AsSpan()
            .SequenceEqual(ObjectWriter.WriteMeta(other.Meta with { Revision = 0 }));
}
