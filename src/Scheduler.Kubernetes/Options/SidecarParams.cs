using System.Collections.Immutable;
using k8s.Models;

namespace Scheduler.Kubernetes.Options;

/// <summary><c>default-sidecar-params</c> and the plugin's <c>sidecarParams</c> (configuration.md §9.4).</summary>
public sealed record SidecarParams
{
    [Meaning("sources of variables, for every sidecar of the plugin")]
    public ImmutableArray<V1EnvFromSource> EnvFrom { get; init; } = [];

    [Meaning("mounts, for every sidecar of the plugin")]
    public ImmutableArray<V1VolumeMount> ExtraVolumeMounts { get; init; } = [];
}
