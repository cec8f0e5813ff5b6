using System.Globalization;

namespace Scheduler.Kubernetes.Naming;

/// <summary>Annotations of the Jobs and pods we make (pod-building.md §5.2).</summary>
public static class JobAnnotations
{
    public const string BuildUrl = "buildkite.com/build-url";

    public const string BuildBranch = "buildkite.com/build-branch";

    public const string BuildRepo = "buildkite.com/build-repo";

    public const string PipelineSlug = "buildkite.com/pipeline-slug";

    public const string StepKey = "buildkite.com/step-key";

    public const string JobUrl = "buildkite.com/job-url";

    public const string JobPriority = "buildkite.com/job-priority";

    public const string PodTemplateName = "buildkite.com/pod-template-name";

    /// <summary>Asks the cluster autoscaler to leave the node alone while the pod runs.</summary>
    public const string SafeToEvict = "cluster-autoscaler.kubernetes.io/safe-to-evict";

    /// <summary>Holds the name of the plugin's sidecar number <paramref name="index"/>, counted from 0.</summary>
    public static string Sidecar(int index) => string.Create(CultureInfo.InvariantCulture, $"buildkite.com/sidecar-{index}");
}
