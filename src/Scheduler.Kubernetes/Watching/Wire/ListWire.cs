using System.Text.Json.Serialization;

namespace Scheduler.Kubernetes.Watching.Wire;

internal sealed record ListWire<T>(ListMetaWire? Metadata, IReadOnlyList<T>? Items);

internal sealed record ListMetaWire(string? ResourceVersion, [property: JsonPropertyName("continue")] string? Next);
