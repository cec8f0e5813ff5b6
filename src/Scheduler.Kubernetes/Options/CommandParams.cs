using System.Collections.Immutable;
using k8s.Models;

namespace Scheduler.Kubernetes.Options;

/// <summary><c>default-command-params</c> and the plugin's <c>commandParams</c> (configuration.md §9.3).</summary>
public sealed record CommandParams
{
    public Interposer Interposer { get; init; }

    public ImmutableArray<V1EnvFromSource> EnvFrom { get; init; } = [];

    public ImmutableArray<V1VolumeMount> ExtraVolumeMounts { get; init; } = [];
}
