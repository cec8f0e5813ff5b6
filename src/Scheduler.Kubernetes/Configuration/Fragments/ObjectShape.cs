using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>A mapping with the keys of a type. Its fields are looked at on first use, since types may contain themselves.</summary>
internal sealed class ObjectShape(Type type) : Shape
{
    private readonly Lazy<FieldTable> _fields = new(() => FieldTable.Of(type));

    public FieldTable Fields => _fields.Value;

    public override string Name => "a mapping";

    public override object Zero => Activator.CreateInstance(type)!;

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

        var result = Zero;
        foreach (var (key, value) in mapping)
        {
            var at = FragmentText.Child(path, key);
            if (Fields.Find(key) is not { } field)
            {
                reading.Unknown(at, key, Fields.Names);
                continue;
            }

            if (field.Name != key)
            {
                reading.OtherCapitals(at, field.Name);
            }

            if (field.Shape.Read(value, at, reading) is { } read)
            {
                field.Property.SetValue(result, read);
            }
        }

        return result;
    }
}
