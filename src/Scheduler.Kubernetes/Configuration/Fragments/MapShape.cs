using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>A mapping with free keys. A null scalar is its type's zero value, as in Go; a null object stays null.</summary>
/// <param name="element">The shape of all values.</param>
/// <param name="immutable">True for <see cref="ImmutableDictionary{TKey,TValue}"/>, false for <see cref="Dictionary{TKey,TValue}"/>.</param>
internal sealed class MapShape<T>(Shape element, bool immutable) : Shape
{
    public override string Name => $"a mapping of {element.Plural}";

    public override object Zero => immutable ? ImmutableDictionary<string, T>.Empty : new Dictionary<string, T>();

    public override object? Read(JsonNode? node, string path, FragmentReading reading)
    {
        if (node is null)
        {
            return null;
        }

        if (node is not JsonObject mapping)
        {
            reading.WrongType(path, node, Name);
            return null;
        }

        var items = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (key, given) in mapping)
        {
            var item = given is not null ? element.Read(given, FragmentText.Child(path, key), reading)
                : element is ObjectShape ? null
                : element.Zero;
            items[key] = item is T typed ? typed : default!;
        }

        return immutable ? items.ToImmutableDictionary() : items;
    }
}
