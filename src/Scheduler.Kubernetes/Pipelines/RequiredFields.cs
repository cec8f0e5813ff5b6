using System.Text.Json.Nodes;
using k8s.Models;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Pods.Patching;
using Scheduler.Kubernetes.Pods.Plugin;

namespace Scheduler.Kubernetes.Pipelines;

/// <summary>
/// Keys without which Kubernetes refuses the Job. A patch that leaves them out sets them to nothing, which is a warning: what it
/// is laid over may bear it.
/// </summary>
internal static class RequiredFields
{
    public static IEnumerable<PathFinding> Missing(JsonNode configuration) => In(configuration, typeof(KubernetesPlugin), "");

    private static IEnumerable<PathFinding> In(JsonNode? node, Type type, string path) => node switch
    {
        JsonArray list when Element(type) is { } element =>
            list.Index().SelectMany(item => In(item.Item, element, FormattableString.Invariant($"{path}[{item.Index}]"))),
        JsonObject map when Shapes.For(type) is ObjectShape shape => InObject(map, type, shape.Fields, path),
        _ => [],
    };

    private static IEnumerable<PathFinding> InObject(JsonObject map, Type type, FieldTable fields, string path)
    {
        var present = map.Where(member => member.Value is not null).Select(member => member.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var rules = GoFieldRules.For(type);
        foreach (var name in rules.Required.Except(rules.Pointers).Except(present).Order(StringComparer.Ordinal))
        {
            if (!IsSupplied(type, name, path))
            {
                var isPatch = PatchRemarks.IsInPatch(path);
                yield return new PathFinding(
                    path, isPatch ? $"{path} has no {name}, so the patch sets it to nothing; add it" : $"{path} has no {name}; add it", IsError: !isPatch);
            }
        }

        foreach (var (key, value) in map)
        {
            foreach (var finding in fields.Find(key) is { } field ? In(value, field.Property.PropertyType, FragmentText.Child(path, key)) : [])
            {
                yield return finding;
            }
        }
    }

    /// <summary>The job builder names containers and makes them, and a divisor has a default.</summary>
    private static bool IsSupplied(Type type, string name, string path) => (type.Name, name) switch
    {
        (nameof(V1PodSpec), "containers") or (nameof(V1ResourceFieldSelector), "divisor") => true,
        (nameof(V1Container), "name") =>
            path.StartsWith("podSpec.containers[", StringComparison.OrdinalIgnoreCase) || path.StartsWith("sidecars[", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static Type? Element(Type type) =>
        type.IsGenericType && type.GetGenericArguments() is [var only] && Nullable.GetUnderlyingType(type) is null ? only : null;
}
