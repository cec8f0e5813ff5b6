using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>The keys of a type: <see cref="JsonPropertyNameAttribute"/>, else the property's name in the type's case.</summary>
internal sealed class FieldTable
{
    private readonly Dictionary<string, Field> _exact;
    private readonly Dictionary<string, Field> _anyCapitals = new(StringComparer.OrdinalIgnoreCase);

    private FieldTable(ImmutableArray<Field> fields)
    {
        Fields = fields;
        _exact = fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            _anyCapitals.TryAdd(field.Name, field);
        }
    }

    public ImmutableArray<Field> Fields { get; }

    public IEnumerable<string> Names => _exact.Keys;

    public static FieldTable Of(Type type)
    {
        var naming = type.IsDefined(typeof(KebabCaseKeysAttribute)) ? JsonNamingPolicy.KebabCaseLower : JsonNamingPolicy.CamelCase;
        return new FieldTable([.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .Select(property => new Field(
                property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? naming.ConvertName(property.Name),
                property,
                Shapes.For(property.PropertyType)))]);
    }

    /// <summary>The field of this very name, else one that differs only in capitals, else null.</summary>
    public Field? Find(string name) => _exact.GetValueOrDefault(name) ?? _anyCapitals.GetValueOrDefault(name);
}
