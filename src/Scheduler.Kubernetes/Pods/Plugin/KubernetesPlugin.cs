using System.Collections.Immutable;
using k8s.Models;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Pods.Plugin;

/// <summary>What a step's <c>kubernetes</c> plugin asks for (pod-building.md §3). Nobody changes the Kubernetes models it holds.</summary>
public sealed record KubernetesPlugin
{
    /// <summary>A plugin that asks for nothing; a job without one is built the same.</summary>
    public static KubernetesPlugin None { get; } = new();

    /// <summary>The pod to start from; one without any field counts.</summary>
    public V1PodSpec? PodSpec { get; init; }

    /// <summary>Laid over the pod at the very end.</summary>
    public V1PodSpec? PodSpecPatch { get; init; }

    /// <summary>Name of a PodTemplate to start from instead.</summary>
    public string? PodTemplate { get; init; }

    public ImmutableArray<V1EnvFromSource> GitEnvFrom { get; init; } = [];

    public ImmutableArray<V1Container> Sidecars { get; init; } = [];

    public MetadataParams? Metadata { get; init; }

    public ImmutableArray<V1VolumeMount> ExtraVolumeMounts { get; init; } = [];

    public CheckoutParams? Checkout { get; init; }

    public CommandParams? CommandParams { get; init; }

    public SidecarParams? SidecarParams { get; init; }

    /// <summary>Seconds; only a positive number counts.</summary>
    public int? JobActiveDeadlineSeconds { get; init; }

    /// <summary>The PodTemplate that must be read before the pod can be built; null = none.</summary>
    public string? WantedPodTemplate => PodSpec is null && !string.IsNullOrEmpty(PodTemplate) ? PodTemplate : null;
}
