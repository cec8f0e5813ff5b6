using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>How values of one type are written in JSON.</summary>
internal abstract class Shape
{
    /// <summary>The type in the words of messages and the reference: "a text", "a list of texts".</summary>
    public abstract string Name { get; }

    /// <summary>The type's zero value, as Go has it: what a null element of a list is.</summary>
    public abstract object? Zero { get; }

    /// <summary>The value; null when there is none (JSON null) or when it is wrong, which <paramref name="reading"/> is told.</summary>
    public abstract object? Read(JsonNode? node, string path, FragmentReading reading);

    /// <summary>"texts" for "a text".</summary>
    public string Plural => Name[(Name.IndexOf(' ', StringComparison.Ordinal) + 1)..] + "s";
}
