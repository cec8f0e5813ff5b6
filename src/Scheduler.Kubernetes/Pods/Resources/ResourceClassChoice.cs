using k8s.Models;
using Scheduler.Core.Tags;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Pods.Resources;

/// <summary>Which resource class a job gets, and what the class does to its pod (pod-building.md §11).</summary>
internal static class ResourceClassChoice
{
    /// <summary>To be called while the pod's containers are the command containers.</summary>
    /// <exception cref="PodProblemException">The job or the default names a class that is not configured.</exception>
    public static void Apply(JobScope scope, PodDraft pod)
    {
        if (Choose(scope.Options, scope.Tags) is { } chosen)
        {
            Apply(chosen, pod);
        }
    }

    /// <summary>Null when there is none or it is empty.</summary>
    private static ResourceClass? Choose(ControllerOptions options, JobTags tags)
    {
        var tag = tags.Find(AgentTags.ResourceClass);
        var name = tag ?? options.DefaultResourceClassName;
        if (tag is null && name.Length == 0)
        {
            return null;
        }

        if (options.ResourceClasses is not { } classes)
        {
            throw PodProblemException.InBuilding(tag is null
                ? "resource classes not configured but default-resource-class-name is set"
                : "resource classes not configured but resource_class tag specified");
        }

        return classes.TryGetValue(name, out var found)
            ? found
            : throw PodProblemException.InBuilding($"{(tag is null ? "default resource class" : "resource class")} not found: {name}");
    }

    private static void Apply(ResourceClass chosen, PodDraft pod)
    {
        if (chosen.NodeSelector.Count > 0)
        {
            pod.Spec.NodeSelector = Lists.Overlay(pod.Spec.NodeSelector, chosen.NodeSelector);
        }

        if (chosen.Resource is { } resource)
        {
            pod.RewriteContainers(container => container.HasVariable(EnvNames.Command)
                ? container with { Resources = Raise(container.Resources, resource) }
                : container);
        }

        if (chosen.PodResource is { } podResource)
        {
            pod.Spec.Resources = Raise(pod.Spec.Resources, podResource);
        }
    }

    /// <summary>Requests and limits per resource name; claims are none of a class's business.</summary>
    private static V1ResourceRequirements Raise(V1ResourceRequirements? own, V1ResourceRequirements over) =>
        (own ?? new V1ResourceRequirements()) with
        {
            Requests = Overlay(own?.Requests, over.Requests),
            Limits = Overlay(own?.Limits, over.Limits),
        };

    private static SortedDictionary<string, ResourceQuantity>? Overlay(
        IDictionary<string, ResourceQuantity>? own,
        IDictionary<string, ResourceQuantity>? over) =>
        own is { Count: > 0 } || over is { Count: > 0 } ? Lists.Overlay(own, over) : null;
}
