using System.Reflection;
using System.Text.Json.Serialization;

namespace Scheduler.Kubernetes.Pods.Patching;

/// <summary>One field of a Kubernetes model and how Go would write it.</summary>
/// <param name="Name">In JSON.</param>
/// <param name="Property">In the .NET model.</param>
/// <param name="IsRequired">Written also when it is missing.</param>
/// <param name="IsPointer">Written also when it is zero.</param>
internal sealed record GoField(string Name, PropertyInfo Property, bool IsRequired, bool IsPointer)
{
    public static GoField[] Of(Type model)
    {
        var rules = GoFieldRules.For(model);
        return [.. model.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property, property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name))
            .Where(found => found.Name is not null)
            .OrderBy(found => found.Name, StringComparer.Ordinal)
            .Select(found => new GoField(
                found.Name!,
                found.property,
                rules.Required.Contains(found.Name!),
                rules.Pointers.Contains(found.Name!)))];
    }
}
