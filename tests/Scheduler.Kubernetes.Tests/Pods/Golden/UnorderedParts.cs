using System.Globalization;
using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Tests.Pods.Golden;

/// <summary>Sorts what the original takes from maps of random order: the agent's tags and the numbers of the image checks.</summary>
internal static class UnorderedParts
{
    private const string Prefix = "imagecheck-";
    private const string VersionTag = "k8s:agent-stack-version=";

    public static void Sort(JsonNode pod, string version)
    {
        SortTags(pod, version);
        SortImageChecks(pod);
    }

    private static void SortTags(JsonNode pod, string version)
    {
        var variable = pod["containers"]?.AsArray()
            .Where(container => (string?)container!["name"] == "agent")
            .SelectMany(container => container!["env"]?.AsArray() ?? [])
            .FirstOrDefault(variable => (string?)variable!["name"] == "BUILDKITE_AGENT_TAGS");
        if (variable is not null)
        {
            var tags = ((string)variable["value"]!).Split(',')
                .Select(tag => tag == VersionTag + version ? VersionTag + "<version>" : tag)
                .Order(StringComparer.Ordinal);
            variable["value"] = string.Join(',', tags);
        }
    }

    private static void SortImageChecks(JsonNode pod)
    {
        if (pod["initContainers"] is not JsonArray containers)
        {
            return;
        }

        var places = Enumerable.Range(0, containers.Count).Where(i => IsImageCheck(containers[i])).ToList();
        var sorted = places
            .Select(place => containers[place]!.DeepClone())
            .OrderBy(check => (string?)check["image"], StringComparer.Ordinal)
            .ThenBy(check => (string?)check["imagePullPolicy"], StringComparer.Ordinal)
            .ToList();
        foreach (var (number, place) in places.Index())
        {
            sorted[number]["name"] = Prefix + number.ToString(CultureInfo.InvariantCulture);
            containers[place] = sorted[number];
        }
    }

    private static bool IsImageCheck(JsonNode? container) =>
        ((string?)container!["name"] ?? "").StartsWith(Prefix, StringComparison.Ordinal);
}
