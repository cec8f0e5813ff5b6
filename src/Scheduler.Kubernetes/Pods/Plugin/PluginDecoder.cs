using System.Text.Json.Nodes;
using Scheduler.Kubernetes.Configuration.Fragments;

namespace Scheduler.Kubernetes.Pods.Plugin;

/// <summary>
/// Reads the plugin's configuration into its types. What is of a wrong type is an error; what is not known has no effect, which
/// the original does not mention and we do.
/// </summary>
internal static class PluginDecoder
{
    private const string Patch = "podSpecPatch";

    /// <exception cref="PodProblemException">Something in it is of a wrong type.</exception>
    public static (KubernetesPlugin Plugin, List<string> Warnings) Decode(JsonNode configuration)
    {
        var result = FragmentReader.Read<KubernetesPlugin>(configuration, "", FragmentMode.Lenient);
        if (!result.IsValid)
        {
            var errors = string.Join("; ", result.Errors.Select(error => error.Message.TrimStart(':', ' ')));
            throw PluginList.InParsing($"failed parsing Kubernetes plugin: {errors}");
        }

        var warnings = result.Warnings.Select(Explain).ToList();
        if (configuration is JsonObject map)
        {
            foreach (var (key, value) in map)
            {
                if (key.Equals(Patch, StringComparison.OrdinalIgnoreCase))
                {
                    WarnOfNulls(value, Patch, warnings);
                }
            }
        }

        return (result.Value ?? KubernetesPlugin.None, warnings);
    }

    private static string Explain(FragmentIssue issue) => IsDirective(issue.Path)
        ? $"{issue.Path} has no effect: directives of strategic merge patches are not supported"
        : issue.Message;

    private static bool IsDirective(string path) =>
        path.StartsWith(Patch, StringComparison.OrdinalIgnoreCase)
        && (path.Contains(".$", StringComparison.Ordinal) || path.Contains("[\"$", StringComparison.Ordinal));

    private static void WarnOfNulls(JsonNode? node, string path, List<string> warnings)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (key, value) in map)
                {
                    var at = FragmentText.Child(path, key);
                    if (value is null)
                    {
                        warnings.Add($"{at} is null, which deletes nothing");
                    }

                    WarnOfNulls(value, at, warnings);
                }

                break;
            case JsonArray list:
                foreach (var (index, element) in list.Index())
                {
                    WarnOfNulls(element, FormattableString.Invariant($"{path}[{index}]"), warnings);
                }

                break;
        }
    }
}
