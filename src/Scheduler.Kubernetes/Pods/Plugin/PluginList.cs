using System.Text.Json.Nodes;
using Scheduler.Core.Text;
using Scheduler.Kubernetes.Configuration.Fragments;

namespace Scheduler.Kubernetes.Pods.Plugin;

/// <summary>
/// The job's plugins as Buildkite lists them: an array of objects, each with the plugin's name as its only key
/// (pod-building.md §3). Only the kubernetes plugin is of interest.
/// </summary>
internal static class PluginList
{
    public const string KubernetesPlugin = "github.com/buildkite-plugins/kubernetes-buildkite-plugin";

    /// <summary>Of an invalid entry, these say enough.</summary>
    private const int MostKeys = 10;

    /// <param name="text">Value of <c>BUILDKITE_PLUGINS</c>.</param>
    /// <param name="prohibited">The kubernetes plugin is not allowed.</param>
    /// <returns>The kubernetes plugin's configuration, of several entries laid one over the other; null when there is none.</returns>
    /// <exception cref="PodProblemException">This is no list of plugins, or the plugin is not allowed.</exception>
    public static JsonNode? FindKubernetes(string text, bool prohibited)
    {
        if (!JsonText.TryParse(HalfCharacters.Replace(text), out var root, out var problem))
        {
            throw InParsing($"failed parsing plugins: {problem}");
        }

        JsonNode? found = null;
        foreach (var plugin in Elements(root))
        {
            var (name, configuration) = Entry(plugin);
            if (name != KubernetesPlugin)
            {
                continue;
            }

            if (prohibited)
            {
                throw InParsing("the kubernetes plugin is prohibited by this controller, but was configured on this job");
            }

            found = JsonOverlay.Of(found, configuration);
        }

        return found;
    }

    public static PodProblemException InParsing(string detail) => new($"agent-stack-k8s failed to parse the job: {PlainText.Line(detail)}");

    private static JsonArray Elements(JsonNode? root) => root switch
    {
        null => [],
        JsonArray list => list,
        _ => throw InParsing($"failed parsing plugins: expected an array of objects, found {FragmentText.KindOf(root)}"),
    };

    private static KeyValuePair<string, JsonNode?> Entry(JsonNode? plugin) => plugin switch
    {
        JsonObject { Count: 1 } map => map.First(),
        JsonObject { Count: 0 } => throw Invalid("an empty object"),
        JsonObject map => throw Invalid($"an object with the keys {Keys(map)}{(map.Count > MostKeys ? ", …" : "")}"),
        null => throw Invalid("null"),
        _ => throw InParsing($"failed parsing plugins: expected an array of objects, found {FragmentText.KindOf(plugin)} in it"),
    };

    private static string Keys(JsonObject map) => string.Join(", ", map.Take(MostKeys).Select(member => FragmentText.Shorten(member.Key)));

    private static PodProblemException Invalid(string entry) =>
        InParsing($"found invalid plugin: {entry}; each entry must be an object with the plugin's name as its only key");
}
