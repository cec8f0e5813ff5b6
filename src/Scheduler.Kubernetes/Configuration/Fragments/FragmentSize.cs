using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>Limits that keep hostile input from exhausting stack or memory; real configurations stay far below them.</summary>
internal static class FragmentSize
{
    public const int Deepest = 64;

    public const int MostValues = 100_000;

    public static string TooDeep { get; } = $"no more than {Deepest} levels of nesting";

    public static string TooMany { get; } = $"no more than {MostValues} values";

    /// <summary>The limit that the tree breaks; null when it breaks none. Does not recurse.</summary>
    public static string? Problem(JsonNode? root)
    {
        var (values, waiting) = (0, new Stack<(JsonNode? Node, int Depth)>([(root, 1)]));
        while (waiting.TryPop(out var next))
        {
            if (next.Depth > Deepest)
            {
                return TooDeep;
            }

            if (++values > MostValues)
            {
                return TooMany;
            }

            if (Children(next.Node) is not { } children)
            {
                return "no key more than once in a mapping";
            }

            foreach (var child in children)
            {
                waiting.Push((child, next.Depth + 1));
            }
        }

        return null;
    }

    /// <summary>Null when the node was parsed from a text with duplicate keys, which <see cref="JsonNode"/> finds only on first use.</summary>
    private static IEnumerable<JsonNode?>? Children(JsonNode? node)
    {
        try
        {
            return node switch
            {
                JsonObject mapping => mapping.Select(pair => pair.Value).ToList(),
                JsonArray list => list,
                _ => [],
            };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
