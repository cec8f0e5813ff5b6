using System.Text.Json.Nodes;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Pods.Plugin;

/// <summary>Finds and reads the kubernetes plugin among a job's plugins (pod-building.md §3).</summary>
internal static class PluginParser
{
    private const string Variable = "BUILDKITE_PLUGINS";

    public static PluginResult Parse(BuildkiteJob job, ControllerOptions options)
    {
        var text = job.Env.TryGetValue(Variable, out var value) ? value : null;
        if (string.IsNullOrEmpty(text))
        {
            return new PluginResult.Parsed(null, []);
        }

        try
        {
            return PluginList.FindKubernetes(text, options.ProhibitKubernetesPlugin) is { } configuration
                ? Read(configuration, options.StrictKubernetesPlugin)
                : new PluginResult.Parsed(null, []);
        }
        catch (PodProblemException e)
        {
            return new PluginResult.Failed(e.Message);
        }
    }

    private static PluginResult.Parsed Read(JsonNode configuration, bool strict)
    {
        var (plugin, warnings) = PluginDecoder.Decode(configuration);
        return strict && warnings.Length > 0
            ? throw PluginList.InParsing($"failed parsing Kubernetes plugin: {string.Join("; ", warnings)}")
            : new PluginResult.Parsed(plugin, warnings);
    }
}
