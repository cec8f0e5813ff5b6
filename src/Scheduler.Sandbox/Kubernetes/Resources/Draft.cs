using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Resources;

/// <summary>An object being made ready for the store. Owned by one request, so it may be changed in place.</summary>
/// <param name="type">The kind.</param>
/// <param name="meta">The metadata.</param>
/// <param name="body">Everything at the top level but apiVersion, kind and metadata.</param>
internal sealed class Draft(ResourceType type, ObjectMeta meta, JsonObject body)
{
    public ResourceType Type => type;

    public ObjectMeta Meta { get; set; } = meta;

    public JsonObject Body => body;

    /// <summary>The object this draft became. The draft may go on changing without changing it.</summary>
    public KubeObject Freeze()
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in body)
        {
            if (value is not null)
            {
                fields[name] = JsonBytes.Freeze(value);
            }
        }

        return new KubeObject(type, Meta, fields.ToImmutable());
    }
}
