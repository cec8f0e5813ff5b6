using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Pods.Metadata;

namespace Scheduler.Kubernetes.Pods.Plugin;

/// <summary>
/// Reads the plugin's configuration into its types. What is of a wrong type is an error; what is not known has no effect, which
/// the original does not mention and we do.
/// </summary>
internal static class PluginDecoder
{
    /// <exception cref="PodProblemException">Something in it is of a wrong type.</exception>
    public static (KubernetesPlugin Plugin, ImmutableArray<string> Warnings) Decode(JsonNode configuration)
    {
        var result = FragmentReader.Read<KubernetesPlugin>(configuration, "", FragmentMode.Lenient);
        if (!result.IsValid)
        {
            var errors = string.Join("; ", result.Errors.Select(error => error.Message.TrimStart(':', ' ')));
            throw PluginList.InParsing($"failed parsing Kubernetes plugin: {errors}");
        }

        var plugin = result.Value ?? KubernetesPlugin.None;
        IEnumerable<string> warnings =
        [
            .. ReservedMetadata.PathsIn("metadata", plugin.Metadata).Select(ReservedMetadata.Message),
            .. result.Warnings.Select(PatchRemarks.Explain),
            .. PatchRemarks.Nulls(configuration).Select(PatchRemarks.NullMessage),
        ];
        return (plugin, CappedTexts.Of(warnings, result.MoreWarnings));
    }
}
