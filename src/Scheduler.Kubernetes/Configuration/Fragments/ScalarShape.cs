using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>A value without parts.</summary>
/// <param name="name">See <see cref="Shape.Name"/>.</param>
/// <param name="zero">See <see cref="Shape.Zero"/>.</param>
/// <param name="parse">The value of a JSON scalar, or null if it is not one of this shape.</param>
internal sealed class ScalarShape(string name, Func<object?> zero, Func<JsonValue, object?> parse) : Shape
{
    public override string Name => name;

    public override object? Zero => zero();

    public override object? Read(JsonNode? node, string path, FragmentReading reading)
    {
        if (node is null)
        {
            return null;
        }

        var value = node is JsonValue scalar ? parse(scalar) : null;
        if (value is null)
        {
            reading.WrongType(path, node, name);
        }

        return value;
    }
}
