namespace Scheduler.Kubernetes.Naming;

/// <summary>Keys of the labels and annotations on Jobs and pods. Wire format: the original's, and one of ours.</summary>
public static class JobLabels
{
    /// <summary>The Buildkite job's UUID.</summary>
    public const string JobUuid = "buildkite.com/job-uuid";

    /// <summary>The configuration's <c>id</c>.</summary>
    public const string ControllerId = "buildkite.com/controller-id";

    /// <summary>Annotation of ours: the grant the Job was created with.</summary>
    public const string Grant = "scheduler.buildkite.com/grant";
}
