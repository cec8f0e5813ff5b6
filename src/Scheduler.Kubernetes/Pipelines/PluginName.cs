using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Pods.Plugin;

namespace Scheduler.Kubernetes.Pipelines;

/// <summary>What the name of a plugin in a pipeline file stands for, once Buildkite has made its full name of it.</summary>
internal sealed record PluginName
{
    private const string Short = "kubernetes";

    /// <summary>The ways to write <see cref="PluginList.KubernetesPlugin"/>.</summary>
    private static readonly string[] Known = [Short, "buildkite-plugins/kubernetes", PluginList.KubernetesPlugin];

    private PluginName(bool isKubernetes, string? warning) => (IsKubernetes, Warning) = (isKubernetes, warning);

    /// <summary>It is the plugin this controller reads.</summary>
    public bool IsKubernetes { get; }

    /// <summary>Why it is probably not what its author meant; null if it may well be.</summary>
    public string? Warning { get; }

    public static PluginName Read(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Known.Contains(name))
        {
            return new PluginName(true, null);
        }

        var bare = name.Split('#')[0];
        if (Known.Contains(bare))
        {
            return new PluginName(false, $"{name} is not the plugin that the controller reads, because of the version; write {Short}");
        }

        // A name with a version is somebody's plugin; one without, and close to ours, is ours misspelt.
        return new PluginName(false, bare == name && NearestName.Of(name, [Short]) is not null ? $"{name} is another plugin; did you mean {Short}?" : null);
    }
}
