using System.Collections.Immutable;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Selecting;

/// <summary>A <c>fieldSelector</c>: all its requirements must hold.</summary>
internal sealed record FieldSelector(ImmutableArray<FieldRequirement> Requirements)
{
    public bool Matches(KubeObject item) => Requirements.All(requirement => requirement.Matches(item));

    /// <exception cref="ApiError">400 when the text is no selector, or names a field this kind cannot be selected by.</exception>
    public static FieldSelector Parse(ResourceType type, string text) =>
        new([.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part => ParseRequirement(type, part))]);

    private static FieldRequirement ParseRequirement(ResourceType type, string text)
    {
        foreach (var symbol in new[] { "!=", "==", "=" })
        {
            var at = text.IndexOf(symbol, StringComparison.Ordinal);
            if (at > 0)
            {
                return new FieldRequirement(Field(type, text[..at]), text[(at + symbol.Length)..], symbol == "!=");
            }
        }

        throw ApiError.BadRequest($"invalid field selector: \"{text}\"; can't understand it");
    }

    private static Func<KubeObject, string> Field(ResourceType type, string name) => name switch
    {
        "metadata.name" => item => item.Meta.Name,
        "metadata.namespace" when type.IsNamespaced => item => item.Meta.Namespace,
        _ => type.SelectableFields.GetValueOrDefault(name)
            ?? throw ApiError.BadRequest($"field label \"{name}\" not supported for {type.Group}{ResourceType.Version}.{type.Kind}"),
    };
}
