using k8s.Models;

namespace Scheduler.Kubernetes.Pods;

/// <summary>Lists and maps put together without touching the parts, which belong to the configuration or to the plugin.</summary>
internal static class Lists
{
    /// <summary>A new list; null where there is nothing, as the Kubernetes models have it.</summary>
    public static List<T>? Concat<T>(params ReadOnlySpan<IEnumerable<T>?> parts)
    {
        List<T>? all = null;
        foreach (var part in parts)
        {
            if (part is not null)
            {
                (all ??= []).AddRange(part);
            }
        }

        return all is { Count: > 0 } ? all : null;
    }

    /// <summary>A new map with <paramref name="above"/> laid over <paramref name="below"/>, in the order of the keys.</summary>
    public static SortedDictionary<string, T> Overlay<T>(
        IEnumerable<KeyValuePair<string, T>>? below,
        IEnumerable<KeyValuePair<string, T>>? above)
    {
        var all = new SortedDictionary<string, T>(StringComparer.Ordinal);
        Lay(all, below);
        Lay(all, above);
        return all;
    }

    /// <summary>Adds and overwrites.</summary>
    public static void Lay<T>(SortedDictionary<string, T> map, IEnumerable<KeyValuePair<string, T>>? over)
    {
        foreach (var (key, value) in over ?? [])
        {
            map[key] = value;
        }
    }

    public static bool HasVariable(this V1Container container, string name) =>
        container.Env is { } variables && variables.Any(variable => variable?.Name == name);

    /// <summary>Two lists of words that say the same; an absent one is empty.</summary>
    public static bool SameWords(IEnumerable<string>? one, IEnumerable<string>? other) =>
        (one ?? []).SequenceEqual(other ?? [], StringComparer.Ordinal);
}
