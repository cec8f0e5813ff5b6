using System.Collections.Immutable;
using k8s.Models;

namespace Scheduler.Kubernetes.Options;

/// <summary><c>default-checkout-params</c> and the plugin's <c>checkout</c> (configuration.md §9.2). Null = not set.</summary>
public sealed record CheckoutParams
{
    public bool? Skip { get; init; }

    public string? CheckoutFlags { get; init; }

    public string? CleanFlags { get; init; }

    public string? CloneFlags { get; init; }

    public string? FetchFlags { get; init; }

    public bool? NoSubmodules { get; init; }

    public ImmutableArray<string> SubmoduleCloneConfig { get; init; } = [];

    public GitMirrorsParams? GitMirrors { get; init; }

    public V1SecretVolumeSource? GitCredentialsSecret { get; init; }

    public ImmutableArray<V1EnvFromSource> EnvFrom { get; init; } = [];

    public ImmutableArray<V1VolumeMount> ExtraVolumeMounts { get; init; } = [];
}
