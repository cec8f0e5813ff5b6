using Scheduler.Kubernetes.Configuration.Fragments;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>Types in the words of the reference: as in messages, but Kubernetes' types by their names.</summary>
internal static class ReferenceTypes
{
    private const string KubernetesPrefix = "V1";

    public static string Of(Type type)
    {
        if (Kubernetes(type) is { } name)
        {
            return name;
        }

        return type.IsGenericType && type.GetGenericArguments() is [var element] && Kubernetes(element) is { } elements
            ? $"list of {elements}"
            : Brief(Shapes.For(type).Name);
    }

    private static string? Kubernetes(Type type) =>
        type.Namespace == "k8s.Models" && type.Name.StartsWith(KubernetesPrefix, StringComparison.Ordinal)
            ? $"Kubernetes {type.Name[KubernetesPrefix.Length..]}"
            : null;

    /// <summary>Without article and examples.</summary>
    private static string Brief(string name)
    {
        var word = name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        var end = word.IndexOfAny([',', '(']);
        var such = word.IndexOf(" such as", StringComparison.Ordinal);
        return word.StartsWith("text, one of", StringComparison.Ordinal) ? word
            : such > 0 ? word[..such]
            : end > 0 ? word[..end].TrimEnd()
            : word;
    }
}
