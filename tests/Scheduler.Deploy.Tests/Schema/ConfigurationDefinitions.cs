using System.Collections.Immutable;
using System.Text.Json.Nodes;
using k8s.Models;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Deploy.Tests.Schema;

/// <summary>
/// JSON schemas of the types inside of the configuration's keys, made from the very types by which the controller reads them: it
/// refuses unknown keys at any depth, so the chart must. Null means "not set" everywhere. Other capitals, which the controller takes
/// with a warning, are refused here.
/// </summary>
internal static class ConfigurationDefinitions
{
    private static readonly Dictionary<Type, Func<JsonObject>> Scalars = new()
    {
        [typeof(string)] = () => Of("string"),
        [typeof(bool)] = () => Of("boolean"),
        [typeof(int)] = () => With(Of("integer"), ("minimum", int.MinValue), ("maximum", int.MaxValue)),
        [typeof(long)] = () => Of("integer"),
        [typeof(double)] = () => Of("number"),
        [typeof(DateTime)] = () => Of("string"),
        [typeof(byte[])] = () => Of("string"),
        [typeof(object)] = () => [],
        [typeof(IntOrString)] = () => Of("string", "integer"),
        [typeof(TimeSpan)] = () => With(Of("string", "integer"), ("pattern", Pattern("job-ttl"))),
        [typeof(ResourceQuantity)] = () => With(Of("string", "number"), ("pattern", Pattern("image-check-container-cpu-limit"))),
    };

    public static IEnumerable<(string Name, JsonObject Schema)> All()
    {
        var found = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var property in typeof(ControllerOptions).GetProperties())
        {
            Schema(property.PropertyType, found);
        }

        return found.Select(entry => (entry.Key, entry.Value));
    }

    private static JsonObject Schema(Type given, SortedDictionary<string, JsonObject> found)
    {
        var type = Nullable.GetUnderlyingType(given) ?? given;
        if (Scalars.TryGetValue(type, out var scalar))
        {
            return scalar();
        }

        if (type.IsEnum)
        {
            return new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(name => Word(name)), null]) };
        }

        if (!type.IsGenericType)
        {
            var name = type.Name.StartsWith("V1", StringComparison.Ordinal) ? type.Name[2..] : type.Name;
            if (found.TryAdd(name, []))
            {
                found[name] = Object(type, found);
            }

            return new JsonObject { ["$ref"] = $"#/definitions/{name}" };
        }

        return type.GetGenericArguments() is [_, var value]
            ? With(Of("object"), ("additionalProperties", Schema(value, found)))
            : With(Of("array"), ("items", Schema(type.GetGenericArguments()[0], found)));
    }

    private static JsonObject Object(Type type, SortedDictionary<string, JsonObject> found)
    {
        var properties = new JsonObject();
        foreach (var field in FieldTable.Of(type).Fields.OrderBy(field => field.Name, StringComparer.Ordinal))
        {
            properties[field.Name] = Schema(field.Property.PropertyType, found);
        }

        return With(Of("object"), ("additionalProperties", false), ("properties", properties));
    }

    private static JsonObject Of(params ReadOnlySpan<string> types) =>
        new() { ["type"] = new JsonArray([.. ImmutableArray.Create(types).Add("null").Select(type => JsonValue.Create(type))]) };

    private static JsonObject With(JsonObject schema, params ReadOnlySpan<(string Key, JsonNode Value)> more)
    {
        foreach (var (key, value) in more)
        {
            schema[key] = value;
        }

        return schema;
    }

    private static JsonNode Word(string member) => member == "Unset" ? "" : member.ToLowerInvariant();

    /// <summary>What durations and quantities look like is written in the part of the schema that is made by hand.</summary>
    private static JsonNode Pattern(string key) => ChartSchema.Configuration()[key]!["pattern"]!.DeepClone();
}
