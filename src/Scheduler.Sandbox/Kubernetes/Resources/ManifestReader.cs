using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Resources;

/// <summary>Reads the objects that clients send.</summary>
internal static class ManifestReader
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <exception cref="ApiError">400 when this is not JSON, not an object, or not of this kind.</exception>
    public static Draft Read(ResourceType type, ReadOnlySpan<byte> utf8) => Read(type, Parse(type.Kind, utf8));

    /// <exception cref="ApiError">400 when this is not JSON or not an object.</exception>
    public static JsonObject Parse(string kind, ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonNode.Parse(utf8, null, Options) as JsonObject ?? throw Unrecognized(kind, "not an object", utf8);
        }
        catch (JsonException problem)
        {
            throw Unrecognized(kind, problem.Message, utf8);
        }
    }

    /// <summary>Takes the tree apart: the caller must not use it any more.</summary>
    public static Draft Read(ResourceType type, JsonObject manifest)
    {
        var kind = manifest.TextAt("kind");
        var apiVersion = manifest.TextAt("apiVersion");
        if ((kind.Length > 0 && kind != type.Kind) || (apiVersion.Length > 0 && apiVersion != type.ApiVersion))
        {
            throw ApiError.BadRequest(
                $"{kind} in version \"{apiVersion}\" cannot be handled as a {type.Kind}: no kind \"{kind}\" is served at this address for version \"{apiVersion}\"");
        }

        var meta = manifest.ObjectAt("metadata") is { } metadata ? ReadMeta(metadata) : new ObjectMeta();
        manifest.Remove("kind");
        manifest.Remove("apiVersion");
        manifest.Remove("metadata");
        return new Draft(type, meta, manifest);
    }

    private static ObjectMeta ReadMeta(JsonObject json) => new()
    {
        Name = json.TextAt("name"),
        GenerateName = json.TextAt("generateName"),
        Namespace = json.TextAt("namespace"),
        Uid = json.TextAt("uid"),
        Revision = ReadRevision(json.TextAt("resourceVersion")),
        Generation = json.NumberAt("generation") ?? 0,
        Created = ReadTime(json, "creationTimestamp"),
        Deleted = ReadTime(json, "deletionTimestamp"),
        GraceSeconds = json.NumberAt("deletionGracePeriodSeconds"),
        Labels = ReadEntries(json, "labels"),
        Annotations = ReadEntries(json, "annotations"),
        Owners = [.. json.ObjectsAt("ownerReferences").Select(ReadOwner)],
        Finalizers = json.ArrayAt("finalizers") is { } finalizers
            ? [.. finalizers.Select(item => item?.GetValueKind() == JsonValueKind.String
                ? item.GetValue<string>()
                : throw JsonAccess.WrongType("finalizers", item, "an array of strings"))]
            : [],
    };

    private static OwnerReference ReadOwner(JsonObject json) => new(
        json.TextAt("apiVersion"),
        json.TextAt("kind"),
        json.TextAt("name"),
        json.TextAt("uid"),
        json.FlagAt("controller"),
        json.FlagAt("blockOwnerDeletion"));

    private static long ReadRevision(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw ApiError.BadRequest($"metadata.resourceVersion: Invalid value: \"{text}\": not a number this server has given out");
    }

    private static DateTimeOffset? ReadTime(JsonObject json, string name)
    {
        var text = json.TextAt(name);
        if (text.Length == 0)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw ApiError.BadRequest($"parsing time \"{text}\" of metadata.{name}: not an RFC 3339 time");
    }

    /// <summary>A map of strings, such as labels; empty when it is absent.</summary>
    public static ImmutableSortedDictionary<string, string> ReadEntries(JsonObject json, string name)
    {
        if (json.ObjectAt(name) is not { } entries)
        {
            return ObjectMeta.NoEntries;
        }

        var builder = ObjectMeta.NoEntries.ToBuilder();
        foreach (var key in entries.Select(entry => entry.Key))
        {
            builder[key] = entries.TextAt(key);
        }

        return builder.ToImmutable();
    }

    private static ApiError Unrecognized(string kind, string problem, ReadOnlySpan<byte> utf8)
    {
        var shown = utf8.Length == 0 ? "<empty>" : Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 64)]);
        return ApiError.BadRequest(
            $"the object provided is unrecognized (must be of type {kind}): couldn't get version/kind; json parse error: {problem} ({shown})");
    }
}
