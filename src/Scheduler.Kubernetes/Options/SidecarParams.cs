using System.Collections.Immutable;
using k8s.Models;

namespace Scheduler.Kubernetes.Options;

/// <summary><c>default-sidecar-params</c> and the plugin's <c>sidecarParams</c> (configuration.md §9.4).</summary>
public sealed record SidecarParams
{
    public ImmutableArray<V1EnvFromSource> EnvFrom { get; init; } = [];

    public ImmutableArray<V1VolumeMount> ExtraVolumeMounts { get; init; } = [];
}
