using System.Collections;
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Scheduler.Kubernetes.Pods.Patching;

/// <summary>Writes a Kubernetes model as the Go client would, by <see cref="GoFieldRules"/>. The result is a tree of its own.</summary>
internal static class GoJson
{
    private static readonly ConcurrentDictionary<Type, GoField[]> Fields = new();

    public static JsonObject Write(V1PodSpec spec) => WriteObject(spec);

    private static JsonObject WriteObject(object model)
    {
        var json = new JsonObject();
        foreach (var field in Fields.GetOrAdd(model.GetType(), GoField.Of))
        {
            var value = field.Property.GetValue(model);
            if (field.IsRequired)
            {
                json[field.Name] = value is null ? MissingButRequired(field) : WriteValue(value);
            }
            else if (value is not null && (field.IsPointer ? !IsCollection(value) : !IsZero(value)))
            {
                json[field.Name] = WriteValue(value);
            }
        }

        return json;
    }

    private static JsonNode? MissingButRequired(GoField field)
    {
        var type = field.Property.PropertyType;
        return field.IsPointer ? null
            : type == typeof(string) ? ""
            : type == typeof(IntOrString) ? 0
            : type == typeof(ResourceQuantity) ? "0"
            : type == typeof(IList<V1Container>) ? new JsonArray()
            : type.IsGenericType ? null
            : WriteObject(Activator.CreateInstance(type)!);
    }

    private static bool IsZero(object value) => value switch
    {
        string text => text.Length == 0,
        bool flag => !flag,
        int number => number == 0,
        long number => number == 0,
        ICollection collection => collection.Count == 0,
        IEnumerable many => !many.Cast<object>().Any(),
        _ => false,
    };

    private static bool IsCollection(object value) => value is IEnumerable and not string;

    private static JsonNode? WriteValue(object value) => value switch
    {
        JsonNode node => node.DeepClone(),
        string text => text,
        bool flag => flag,
        int number => number,
        long number => number,
        ResourceQuantity quantity => quantity.ToString(),
        IDictionary<string, string> map => WriteMap(map, text => text ?? ""),
        IDictionary<string, ResourceQuantity> map => WriteMap(map, quantity => quantity?.ToString() ?? "0"),
        IEnumerable list => WriteList(list, value.GetType()),
        _ when IsModel(value.GetType()) => WriteObject(value),
        _ => JsonNode.Parse(KubernetesJson.Serialize(value)),
    };

    private static JsonObject WriteMap<T>(IDictionary<string, T> map, Func<T, string> write)
    {
        var json = new JsonObject();
        foreach (var (key, value) in map)
        {
            json[key] = write(value);
        }

        return json;
    }

    /// <summary>Go's lists hold no nulls: what the author left empty is a zero value.</summary>
    private static JsonArray WriteList(IEnumerable list, Type type)
    {
        var json = new JsonArray();
        foreach (var element in list)
        {
            json.Add(WriteValue(element ?? Zero(ElementType(type))));
        }

        return json;
    }

    private static Type ElementType(Type list) => list.GetInterfaces()
        .First(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        .GetGenericArguments()[0];

    private static object Zero(Type type) =>
        type == typeof(string) ? "" : Activator.CreateInstance(Nullable.GetUnderlyingType(type) ?? type)!;

    private static bool IsModel(Type type) => type.Namespace == typeof(V1PodSpec).Namespace && type != typeof(IntOrString);
}
