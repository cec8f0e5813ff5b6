using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Scheduler.Sandbox.Buildkite.Model;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>Reads the bodies of the stack calls and enforces the sizes of stacks-api.md §14.</summary>
internal static class StackRequests
{
    /// <summary>The registration as asked for, with a new id and no time yet.</summary>
    public static StackRegistration Registration(JsonElement body)
    {
        var (key, type, queue) = (body.Text("key"), body.Text("type"), body.Text("queue_key"));
        Require(ApiLimits.IsKey(key, ApiLimits.StackKeyLength), "key must be 1 to 80 letters, digits, '_' or '-'");
        Require(type is "kubernetes" or "elastic" or "custom", "type must be kubernetes, elastic or custom");
        Require(queue == "~" || ApiLimits.IsKey(queue, ApiLimits.QueueKeyLength), "queue_key must be 1 to 100 letters, digits, '_' or '-'");
        return new StackRegistration
        {
            Id = Guid.NewGuid(),
            Key = key!,
            Type = type!,
            QueueKey = queue!,
            Metadata = Metadata(body),
            LastConnected = default,
        };
    }

    public static (IReadOnlyList<string> Ids, TimeSpan Expiry) Reservation(JsonElement body)
    {
        var ids = JobUuids(body);
        var seconds = body.Integer("reservation_expiry_seconds") ?? ApiLimits.DefaultExpirySeconds;
        Require(seconds is >= 1 and <= ApiLimits.MaxExpirySeconds, "reservation_expiry_seconds must be between 1 and 3600");
        return (ids, TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Up to 1000 ids, as given; whether they are UUIDs is not looked at.</summary>
    public static IReadOnlyList<string> JobUuids(JsonElement body)
    {
        var array = body.Array("job_uuids", ApiLimits.Batch);
        var ids = new List<string>(array.GetArrayLength());
        foreach (var id in array.EnumerateArray())
        {
            Require(id.ValueKind == JsonValueKind.String, "job_uuids must hold strings");
            ids.Add(id.GetString()!);
        }

        return ids;
    }

    public static (int ExitStatus, string Detail, string? SignalReason) Finish(JsonElement body)
    {
        var detail = body.Text("detail");
        Require(!string.IsNullOrEmpty(detail), "detail is required");
        Require(Encoding.UTF8.GetByteCount(detail!) <= ApiLimits.FinishDetailBytes, "detail must be at most 4096 bytes");
        return (body.Integer("exit_status") ?? -1, detail!, body.Text("signal_reason"));
    }

    public static IReadOnlyList<NewNotification> Notifications(JsonElement body)
    {
        var array = body.Array("notifications", ApiLimits.Batch);
        var notifications = new List<NewNotification>(array.GetArrayLength());
        foreach (var entry in array.EnumerateArray())
        {
            Require(entry.ValueKind == JsonValueKind.Object, "notifications must hold objects");
            notifications.Add(new NewNotification(entry.Text("job_uuid") ?? "", entry.Text("detail") ?? "", Timestamp(entry)));
        }

        return notifications;
    }

    private static DateTimeOffset? Timestamp(JsonElement entry)
    {
        if (entry.Text("timestamp") is not { } text)
        {
            return null;
        }

        Require(
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time),
            "timestamp must be in ISO 8601");
        return time;
    }

    private static ImmutableDictionary<string, string> Metadata(JsonElement body)
    {
        var given = body.Find("metadata");
        Require(given is { ValueKind: JsonValueKind.Object }, "metadata must be an object");
        var metadata = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in given!.Value.EnumerateObject())
        {
            Require(entry.Value.ValueKind == JsonValueKind.String, "metadata must hold strings");
            Require(entry.Name.Length <= ApiLimits.MetadataKeyLength, "metadata keys must be at most 64 characters");
            Require(entry.Value.GetString()!.Length <= ApiLimits.MetadataValueLength, "metadata values must be at most 256 characters");
            metadata[entry.Name] = entry.Value.GetString()!;
        }

        Require(metadata.Count <= ApiLimits.MetadataKeys, "metadata must have at most 100 keys");
        return metadata.ToImmutable();
    }

    private static void Require(bool satisfied, string message)
    {
        if (!satisfied)
        {
            throw new RefusedException(Refusal.Unprocessable(message));
        }
    }
}
