using k8s.Models;
using Scheduler.Kubernetes.Images;
using Scheduler.Kubernetes.Pods.Plugin;

namespace Scheduler.Kubernetes.Pipelines;

/// <summary>The images a plugin names, but for those of patches, which nobody checks before Kubernetes does.</summary>
internal static class PluginImages
{
    private const string AnyValid = "image";

    public static IEnumerable<PathFinding> Check(KubernetesPlugin plugin) =>
        from list in new[]
        {
            ("podSpec.containers", plugin.PodSpec?.Containers),
            ("podSpec.initContainers", plugin.PodSpec?.InitContainers),
            ("sidecars", plugin.Sidecars),
        }
        from container in (list.Item2 ?? []).Index()
        let path = FormattableString.Invariant($"{list.Item1}[{container.Index}]")
        let problem = Problem(container.Item.Image)
        where problem is not null
        select string.IsNullOrEmpty(container.Item.Image)
            ? new PathFinding(path, $"{path} has no image; add one")
            : new PathFinding(path + ".image", $"{path}.image: {problem}; write it as registry/name:tag");

    /// <summary>The same plugin for a builder that is to find everything else.</summary>
    public static KubernetesPlugin WithValidOnes(KubernetesPlugin plugin) => plugin with
    {
        PodSpec = plugin.PodSpec is { } pod ? pod with { Containers = Valid(pod.Containers), InitContainers = Valid(pod.InitContainers) } : null,
        Sidecars = [.. plugin.Sidecars.Select(Valid)],
    };

    private static string? Problem(string? image) =>
        VariableText.Contains(image ?? "") || ImageReference.TryParse(image, out _, out var error) ? null : error;

    private static IList<V1Container>? Valid(IList<V1Container>? containers) => containers is null ? null : [.. containers.Select(Valid)];

    private static V1Container Valid(V1Container container) => container with { Image = AnyValid };
}
