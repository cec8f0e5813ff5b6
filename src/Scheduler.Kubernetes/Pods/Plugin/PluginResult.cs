using System.Collections.Immutable;

namespace Scheduler.Kubernetes.Pods.Plugin;

/// <summary>What became of reading a job's plugins.</summary>
public abstract record PluginResult
{
    private PluginResult()
    {
    }

    /// <param name="Plugin">The kubernetes plugin; null when the job has none.</param>
    /// <param name="Warnings">Fields of it that have no effect, each with its path and a guess what was meant.</param>
    public sealed record Parsed(KubernetesPlugin? Plugin, ImmutableArray<string> Warnings) : PluginResult;

    /// <param name="Message">For the author of the pipeline: the detail to finish the Buildkite job with.</param>
    public sealed record Failed(string Message) : PluginResult;
}
