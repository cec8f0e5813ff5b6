namespace Scheduler.Kubernetes.Pods.Containers;

/// <summary>
/// The pipeline's <c>image:</c> for a step. It beats the pod spec and the controller's patch, not the plugin's patch; image checks
/// and pull policies stay those of the image it replaces (pod-building.md §10.4).
/// </summary>
internal static class ImageAttribute
{
    public static void Apply(JobScope scope, PodDraft pod)
    {
        if (scope.JobVariable(EnvNames.Image) is { } image)
        {
            pod.RewriteContainers(container => container.HasVariable(EnvNames.Command) ? container with { Image = image } : container);
        }
    }
}
