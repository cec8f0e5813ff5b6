using System.Collections.Immutable;
using k8s.Models;

namespace Scheduler.Kubernetes.Tests.Pods;

/// <summary>Short ways to what tests look at.</summary>
internal static class PodViews
{
    public static V1Container Container(this V1PodSpec pod, string name) => Assert.Single(pod.Containers, c => c.Name == name);

    public static V1Container Init(this V1PodSpec pod, string name) => Assert.Single(pod.InitContainers, c => c.Name == name);

    public static string[] ContainerNames(this V1PodSpec pod) => [.. pod.Containers.Select(c => c.Name)];

    public static string[] InitNames(this V1PodSpec pod) => [.. pod.InitContainers.Select(c => c.Name)];

    public static string[] VolumeNames(this V1PodSpec pod) => [.. pod.Volumes.Select(v => v.Name)];

    /// <summary>Value of the only variable of that name; null when there is none.</summary>
    public static string? Value(this V1Container container, string name) =>
        container.Env?.Where(v => v.Name == name).ToArray() is [var only] ? only.Value : null;

    public static string[] EnvNames(this V1Container container) => [.. container.Env?.Select(v => v.Name) ?? []];

    /// <summary><c>name:path</c> of each.</summary>
    public static string[] Mounts(this V1Container container) => [.. container.VolumeMounts?.Select(m => $"{m.Name}:{m.MountPath}") ?? []];

    /// <summary>The names of the secrets and config maps.</summary>
    public static string[] Sources(this V1Container container) =>
        [.. container.EnvFrom?.Select(e => e.SecretRef?.Name ?? e.ConfigMapRef?.Name ?? "") ?? []];

    public static ImmutableSortedDictionary<string, string> Amounts(this IDictionary<string, ResourceQuantity>? amounts) =>
        (amounts ?? new Dictionary<string, ResourceQuantity>()).ToImmutableSortedDictionary(a => a.Key, a => a.Value.ToString());
}
