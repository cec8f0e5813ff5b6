using System.Collections.Immutable;
using k8s.Models;

namespace Scheduler.Kubernetes.Options;

/// <summary><c>default-command-params</c> and the plugin's <c>commandParams</c> (configuration.md §9.3).</summary>
public sealed record CommandParams
{
    [Meaning("how a container's command and args become one script; buildkite: command items are lines, args are quoted")]
    public Interposer Interposer { get; init; }

    [Meaning("sources of variables, for every command container")]
    public ImmutableArray<V1EnvFromSource> EnvFrom { get; init; } = [];

    [Meaning("mounts, for every command container")]
    public ImmutableArray<V1VolumeMount> ExtraVolumeMounts { get; init; } = [];
}
