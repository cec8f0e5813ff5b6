using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Tests.Pods.Golden;

/// <summary>Compares a built Job with the original's by the rules of the golden folder's README.</summary>
internal static class GoldenComparer
{
    /// <summary>The differences, one a line with its path; empty when the Jobs mean the same.</summary>
    /// <param name="expected">The original's Job, with markers for its scripts.</param>
    /// <param name="actual">Our Job as it would be sent.</param>
    /// <param name="version">The version our Job was built with.</param>
    public static IReadOnlyList<string> Differences(JsonObject expected, JsonObject actual, string version)
    {
        var ours = actual.DeepClone();
        ScriptMarkers.Apply(PodOf(ours));
        var theirs = expected.DeepClone();
        UnorderedParts.Sort(PodOf(ours), version);
        UnorderedParts.Sort(PodOf(theirs), "<version>");
        var differences = new List<string>();
        Compare("", KubernetesMeaning.Of(theirs), KubernetesMeaning.Of(ours), differences);
        return differences;
    }

    private static JsonNode PodOf(JsonNode job) => job["spec"]!["template"]!["spec"]!;

    private static void Compare(string path, JsonNode? expected, JsonNode? actual, List<string> differences)
    {
        switch (expected, actual)
        {
            case (JsonObject e, JsonObject a):
                foreach (var name in e.Select(member => member.Key).Union(a.Select(member => member.Key)))
                {
                    Compare($"{path}/{name}", e[name], a[name], differences);
                }

                break;
            case (JsonArray e, JsonArray a):
                for (var i = 0; i < Math.Max(e.Count, a.Count); i++)
                {
                    Compare($"{path}/{i}", i < e.Count ? e[i] : null, i < a.Count ? a[i] : null, differences);
                }

                break;
            default:
                if (!JsonNode.DeepEquals(expected, actual))
                {
                    differences.Add($"{path}: expected {Text(expected)}, found {Text(actual)}");
                }

                break;
        }
    }

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "nothing";
}
