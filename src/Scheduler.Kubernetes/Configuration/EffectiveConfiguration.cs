using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>The merged configuration for people: what the controller really works with, without secrets.</summary>
public static class EffectiveConfiguration
{
    private const string Hidden = "(hidden)";

    /// <summary>As the file would have it; what is empty or absent is left out.</summary>
    public static JsonObject Describe(ControllerOptions options)
    {
        var result = new JsonObject();
        foreach (var key in ConfigurationKeys.All)
        {
            Add(result, key.Name, Node(key.Property.GetValue(options), key.Name, key.IsSecret));
        }

        return result;
    }

    private static JsonNode? Node(object? value, string path, bool isSecret) => value switch
    {
        null or "" => null,
        string text => isSecret || SecretPaths.Contains(path) ? Hidden : text,
        bool or int or long or double => JsonSerializer.SerializeToNode(value),
        TimeSpan duration => GoDuration.FormatShort(duration),
        DateTime time => JsonSerializer.SerializeToNode(time),
        Enum member => member.ToString().ToLowerInvariant(),
        k8s.Models.ResourceQuantity or k8s.Models.IntOrString => value.ToString(),
        JsonNode node => node.DeepClone(),
        IDictionary mapping => Mapping(mapping, path),
        IEnumerable list => List(list, path),
        _ => Object(value, path),
    };

    private static JsonObject Object(object value, string path)
    {
        var result = new JsonObject();
        foreach (var field in FieldTable.Of(value.GetType()).Fields)
        {
            Add(result, field.Name, Node(field.Property.GetValue(value), FragmentText.Child(path, field.Name), isSecret: false));
        }

        return result;
    }

    private static JsonObject? Mapping(IDictionary mapping, string path)
    {
        var result = new JsonObject();
        foreach (DictionaryEntry entry in mapping)
        {
            Add(result, (string)entry.Key, Node(entry.Value, FragmentText.Child(path, (string)entry.Key), isSecret: false));
        }

        return result.Count == 0 ? null : result;
    }

    private static JsonArray? List(IEnumerable list, string path)
    {
        var result = new JsonArray([.. list.Cast<object?>().Select(item => Node(item, $"{path}[]", isSecret: false))]);
        return result.Count == 0 ? null : result;
    }

    private static void Add(JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }
}
