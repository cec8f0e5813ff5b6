using System.Text.RegularExpressions;
using k8s.Models;

namespace Scheduler.Sandbox.Kubelet.Pods;

/// <summary>Why a container of a pod never starts.</summary>
/// <param name="Container">The container.</param>
/// <param name="IsInit">Whether it is an init container, so that nothing else starts either.</param>
/// <param name="Reasons">The waiting reasons it shows, one after the other; the last one stays.</param>
/// <param name="Message">The text beside the reason.</param>
internal sealed partial record ImageFailure(string Container, bool IsInit, IReadOnlyList<string> Reasons, string Message)
{
    /// <summary>The failure that the plan asks for, else the first one that the pod's images bring about; null if all is well.</summary>
    public static ImageFailure? Find(V1Pod pod, PodPlan plan, Func<string, bool> imageExists) =>
        Planned(plan) is { } reasons ? At(pod, Target(pod, plan), reasons, plan.Message) : Natural(pod, imageExists);

    private static string[]? Planned(PodPlan plan) => plan.Behaviour switch
    {
        PodBehaviour.ImagePullFailure => ["ErrImagePull", "ImagePullBackOff"],
        PodBehaviour.InvalidImageName => ["InvalidImageName"],
        PodBehaviour.ImageNeverPull => ["ErrImageNeverPull"],
        PodBehaviour.ConfigError => ["CreateContainerConfigError"],
        _ => null,
    };

    private static ImageFailure? Natural(V1Pod pod, Func<string, bool> imageExists)
    {
        foreach (var container in (pod.Spec.InitContainers ?? []).Concat(pod.Spec.Containers))
        {
            var image = container.Image ?? "";
            if (!ImageReference().IsMatch(image))
            {
                return At(pod, container, ["InvalidImageName"], null);
            }

            if (!imageExists(image))
            {
                IReadOnlyList<string> reasons =
                    container.ImagePullPolicy == "Never" ? ["ErrImageNeverPull"] : ["ErrImagePull", "ImagePullBackOff"];
                return At(pod, container, reasons, null);
            }
        }

        return null;
    }

    /// <summary>Images are tried first by the init containers that exist for it, else the command's image is the usual culprit.</summary>
    private static V1Container Target(V1Pod pod, PodPlan plan)
    {
        var inits = pod.Spec.InitContainers ?? [];
        return plan.Container is { } name
            ? inits.Concat(pod.Spec.Containers).First(container => container.Name == name)
            : inits.FirstOrDefault(container => container.Name.StartsWith("imagecheck-", StringComparison.Ordinal)) ??
                pod.Spec.Containers[0];
    }

    private static ImageFailure At(V1Pod pod, V1Container container, IReadOnlyList<string> reasons, string? message) => new(
        container.Name,
        pod.Spec.InitContainers?.Any(init => init.Name == container.Name) == true,
        reasons,
        message ?? $"{reasons[^1]}: image \"{container.Image}\" of container {container.Name}");

    /// <summary>Roughly the reference grammar: lower-case path, optional tag, optional digest.</summary>
    [GeneratedRegex(@"^[a-zA-Z0-9.\-]+(:\d+)?(/[a-z0-9._\-]+)*(:[\w.\-]+)?(@[a-z0-9]+:[0-9a-fA-F]+)?$")]
    private static partial Regex ImageReference();
}
