using System.Globalization;
using k8s.Models;
using Scheduler.Kubernetes.Images;

namespace Scheduler.Kubernetes.Pods.Containers;

/// <summary>
/// Init containers that do nothing but have their image pulled, before the agent takes the job (pod-building.md §10.3). Together
/// with it the pull policies of the containers are settled.
/// </summary>
internal static class ImageCheckContainers
{
    /// <summary>To be called with all containers in place; adds copy-agent and the checks in front of the init containers.</summary>
    /// <exception cref="PodProblemException">An image is no valid reference.</exception>
    public static void Apply(JobScope scope, PodDraft pod)
    {
        var copyAgent = CopyAgentContainer.Create(scope);
        var invalid = new InvalidImages();
        var checks = new ImageChecks(scope.Settings.Policies, invalid);
        pod.RewriteContainers(container => container with { ImagePullPolicy = checks.Add(container) });
        checks.Cover(copyAgent);
        foreach (var initContainer in pod.InitContainers)
        {
            checks.Cover(initContainer);
        }

        if (invalid.Message is { } problem)
        {
            throw PodProblemException.OfLines(problem);
        }

        pod.InitContainers.Insert(0, copyAgent);
        if (!scope.Options.SkipImageCheckContainers)
        {
            for (var i = 0; i < checks.Remaining.Count; i++)
            {
                pod.InitContainers.Insert(i + 1, Create(scope, checks.Remaining[i], i));
            }
        }
    }

    private static V1Container Create(JobScope scope, ImageCheck check, int index) => new()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"{WellKnown.ImageCheckPrefix}{index}"),
        Image = check.Image,
        ImagePullPolicy = check.Policy,
        Command = [WellKnown.Tini],
        Args = ["--version"],
        Resources = new V1ResourceRequirements
        {
            Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("100m"), ["memory"] = new("64Mi") },
            Limits = new Dictionary<string, ResourceQuantity>(scope.Settings.ImageCheckLimits),
        },
        VolumeMounts = [scope.Settings.WorkspaceMount],
    };
}
