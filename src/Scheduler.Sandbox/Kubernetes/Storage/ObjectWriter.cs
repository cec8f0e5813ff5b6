using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scheduler.Sandbox.Kubernetes.Storage;

/// <summary>Objects as JSON, in the field order and time formats of the real server.</summary>
internal static class ObjectWriter
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(KubeObject item) => Write(writer => WriteObject(writer, item));

    public static byte[] WriteMeta(ObjectMeta meta) => Write(writer => WriteMeta(writer, meta));

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteObject(Utf8JsonWriter writer, KubeObject item)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", item.Type.Kind);
        writer.WriteString("apiVersion", item.Type.ApiVersion);
        writer.WritePropertyName("metadata");
        WriteMeta(writer, item.Meta);
        foreach (var (name, value) in item.Fields)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    private static void WriteMeta(Utf8JsonWriter writer, ObjectMeta meta)
    {
        writer.WriteStartObject();
        WriteText(writer, "name", meta.Name);
        WriteText(writer, "generateName", meta.GenerateName);
        WriteText(writer, "namespace", meta.Namespace);
        WriteText(writer, "uid", meta.Uid);
        WriteText(writer, "resourceVersion", meta.Revision == 0 ? "" : meta.Revision.ToString(CultureInfo.InvariantCulture));
        WriteNumber(writer, "generation", meta.Generation == 0 ? null : meta.Generation);
        WriteText(writer, "creationTimestamp", meta.Created is { } created ? Time(created) : "");
        WriteText(writer, "deletionTimestamp", meta.Deleted is { } deleted ? Time(deleted) : "");
        WriteNumber(writer, "deletionGracePeriodSeconds", meta.GraceSeconds);
        WriteEntries(writer, "labels", meta.Labels);
        WriteEntries(writer, "annotations", meta.Annotations);
        WriteOwners(writer, meta.Owners);
        if (meta.Finalizers.Length > 0)
        {
            writer.WriteStartArray("finalizers");
            foreach (var finalizer in meta.Finalizers)
            {
                writer.WriteStringValue(finalizer);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteOwners(Utf8JsonWriter writer, ImmutableArray<OwnerReference> owners)
    {
        if (owners.Length == 0)
        {
            return;
        }

        writer.WriteStartArray("ownerReferences");
        foreach (var owner in owners)
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", owner.ApiVersion);
            writer.WriteString("kind", owner.Kind);
            writer.WriteString("name", owner.Name);
            writer.WriteString("uid", owner.Uid);
            WriteFlag(writer, "controller", owner.Controller);
            WriteFlag(writer, "blockOwnerDeletion", owner.BlockOwnerDeletion);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteEntries(Utf8JsonWriter writer, string name, ImmutableSortedDictionary<string, string> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(name);
        foreach (var (key, value) in entries)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string value)
    {
        if (value.Length > 0)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void WriteFlag(Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } flag)
        {
            writer.WriteBoolean(name, flag);
        }
    }
}
