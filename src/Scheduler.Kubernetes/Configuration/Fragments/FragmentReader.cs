using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>
/// Reads typed objects from JSON trees as strictly as Go's decoder does (pod-building.md §3, configuration.md §4): no coercion,
/// integers without fraction or exponent, null = not set, key names in any capitals; and says of everything wrong where it is.
/// The target may be a model of KubernetesClient or a record of ours with settable properties. Never throws for bad input.
/// </summary>
public static class FragmentReader
{
    /// <param name="node">The tree; null reads as "nothing there".</param>
    /// <param name="path">What to call the root in messages; may be empty.</param>
    /// <param name="mode">What unknown keys are.</param>
    public static FragmentResult<T> Read<T>(JsonNode? node, string path, FragmentMode mode)
    {
        var reading = new FragmentReading(mode);
        var value = Read(node, path, Shapes.For(typeof(T)), reading);
        return new FragmentResult<T>(value is T typed ? typed : default, reading.Errors, reading.Warnings) { MoreWarnings = reading.MoreWarnings };
    }

    internal static object? Read(JsonNode? node, string path, Shape shape, FragmentReading reading)
    {
        if (FragmentSize.Problem(node) is not { } problem)
        {
            return shape.Read(node, path, reading);
        }

        reading.Add(FragmentIssueKind.TooLarge, path.Length == 0 ? "the document" : path, null, problem);
        return null;
    }
}
