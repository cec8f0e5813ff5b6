using System.Buffers;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Watching.Wire;

namespace Scheduler.Kubernetes.Watching;

/// <summary>Reads one line of a watch.</summary>
internal static class WatchLine
{
    /// <exception cref="ApiException">The line is an error event, such as 410 for a position that is too old.</exception>
    /// <exception cref="JsonException">The line cannot be understood.</exception>
    public static EventWire<T> Read<T>(ReadOnlySequence<byte> line, JsonTypeInfo<EventWire<T>> type, ApiResource resource)
    {
        if (IsError(line))
        {
            var reader = new Utf8JsonReader(line);
            var status = JsonSerializer.Deserialize(ref reader, WireJson.Default.ErrorEventWire)?.Object ?? new ApiStatus(null, null, null);
            throw ApiFailure.From((HttpStatusCode)(status.Code ?? 500), status, retryAfter: null, "watch", resource);
        }

        var lineReader = new Utf8JsonReader(line);
        return JsonSerializer.Deserialize(ref lineReader, type) ?? throw new JsonException("a watch event is null");
    }

    /// <summary>Looks only at the type, which comes first; the object of an error event has another shape than all others.</summary>
    private static bool IsError(ReadOnlySequence<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("a watch event is no object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType)
            {
                return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("ERROR"u8);
            }

            reader.Skip();
        }

        return false;
    }
}
