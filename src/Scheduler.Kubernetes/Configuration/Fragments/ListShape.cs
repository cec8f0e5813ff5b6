using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>A list. A null element is the element type's zero value, as in Go.</summary>
/// <param name="element">The shape of all elements.</param>
/// <param name="immutable">True for <see cref="ImmutableArray{T}"/>, false for <see cref="List{T}"/>.</param>
internal sealed class ListShape<T>(Shape element, bool immutable) : Shape
{
    public override string Name => $"a list of {element.Plural}";

    public override object Zero => immutable ? ImmutableArray<T>.Empty : new List<T>();

    public override object? Read(JsonNode? node, string path, FragmentReading reading)
    {
        if (node is null)
        {
            return null;
        }

        if (node is not JsonArray list)
        {
            reading.WrongType(path, node, Name);
            return null;
        }

        var items = new List<T>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            var item = list[i] is { } given ? element.Read(given, $"{path}[{i}]", reading) : element.Zero;
            if (item is T typed)
            {
                items.Add(typed);
            }
        }

        return immutable ? items.ToImmutableArray() : items;
    }
}
