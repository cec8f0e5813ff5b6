using k8s.Models;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>
/// The original's checks of the controller's own patch, for its containers (init containers are not looked at): no upper case
/// anywhere in an image, and no commands unless the unsafe option is on.
/// </summary>
internal static class PodSpecPatchRules
{
    public static void Check(ControllerOptions options, ConfigurationDraft draft)
    {
        IList<V1Container> containers = options.PodSpecPatch?.Containers ?? [];
        for (var i = 0; i < containers.Count; i++)
        {
            var (container, key) = (containers[i], $"pod-spec-patch.containers[{i}]");
            var image = FragmentText.Quote(container.Image ?? "");
            if (container.Image is not null && container.Image.Any(char.IsUpper))
            {
                Refuse($"{key}.image", image, $"image {image} of container {i} has upper-case letters", "write the image in lower case");
            }

            if (!options.AllowPodSpecPatchUnsafeCommandModification && container is not { Command: null or [], Args: null or [] })
            {
                Refuse(
                    key,
                    null,
                    $"container {i} with image {image}: modifying container commands or args via podSpecPatch is not supported",
                    "remove command and args, or set allow-pod-spec-patch-unsafe-command-modification: true");
            }
        }

        void Refuse(string path, string? value, string problem, string remedy) =>
            draft.Refuse(path, value, $"invalid pod spec patch: {path}: {problem}", remedy);
    }
}
