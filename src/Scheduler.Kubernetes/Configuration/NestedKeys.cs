using System.Collections.Immutable;
using System.Reflection;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>The keys inside of top-level keys, as far as they are the controller's own and not Kubernetes'.</summary>
public static class NestedKeys
{
    /// <summary>In the order of the records, a key's own keys after it.</summary>
    public static ImmutableArray<NestedGroup> All { get; } =
        [.. ConfigurationKeys.All.SelectMany(key => Groups(key.Name, key.Property.PropertyType))];

    private static IEnumerable<NestedGroup> Groups(string path, Type type)
    {
        var (at, own) = Own(path, type);
        if (own is null)
        {
            return [];
        }

        var fields = FieldTable.Of(own).Fields;
        return fields
            .SelectMany(field => Groups($"{at}.{field.Name}", field.Property.PropertyType))
            .Prepend(new NestedGroup(at, [.. fields.Select(Key)]));
    }

    private static NestedKey Key(Field field) => new(
        field.Name, ReferenceTypes.Of(field.Property.PropertyType), field.Property.GetCustomAttribute<MeaningAttribute>()?.Text ?? "");

    /// <summary>The record of ours that the values are, or the elements of the list or mapping; null if they are none.</summary>
    private static (string Path, Type? Record) Own(string path, Type type) => type switch
    {
        { IsClass: true, Namespace: var space } when space == typeof(ControllerOptions).Namespace => (path, type),
        { IsGenericType: true } when type.GetGenericArguments() is [_, var value] && Own(path, value).Record is { } record => ($"{path}.NAME", record),
        { IsGenericType: true } when type.GetGenericArguments() is [var item] && Own(path, item).Record is { } record => ($"{path}[]", record),
        _ => (path, null),
    };
}
