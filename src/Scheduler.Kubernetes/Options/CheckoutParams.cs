using System.Collections.Immutable;
using k8s.Models;

namespace Scheduler.Kubernetes.Options;

/// <summary><c>default-checkout-params</c> and the plugin's <c>checkout</c> (configuration.md §9.2). Null = not set.</summary>
public sealed record CheckoutParams
{
    [Meaning("no checkout container")]
    public bool? Skip { get; init; }

    [Meaning("flags of git checkout")]
    public string? CheckoutFlags { get; init; }

    [Meaning("flags of git clean")]
    public string? CleanFlags { get; init; }

    [Meaning("flags of git clone")]
    public string? CloneFlags { get; init; }

    [Meaning("flags of git fetch")]
    public string? FetchFlags { get; init; }

    [Meaning("submodules are left out")]
    public bool? NoSubmodules { get; init; }

    [Meaning("git settings, as key=value, for cloning submodules")]
    public ImmutableArray<string> SubmoduleCloneConfig { get; init; } = [];

    [Meaning("mirrors that clones borrow from")]
    public GitMirrorsParams? GitMirrors { get; init; }

    [Meaning("secret with a file .git-credentials, for the checkout container alone")]
    public V1SecretVolumeSource? GitCredentialsSecret { get; init; }

    [Meaning("sources of variables, for the checkout container")]
    public ImmutableArray<V1EnvFromSource> EnvFrom { get; init; } = [];

    [Meaning("mounts, for the checkout container")]
    public ImmutableArray<V1VolumeMount> ExtraVolumeMounts { get; init; } = [];
}
