namespace Scheduler.Kubernetes.Naming;

/// <summary>Keys of the labels on Jobs and pods (pod-building.md §5.2), and of the one annotation that is ours.</summary>
public static class JobLabels
{
    /// <summary>The Buildkite job's UUID, lower-case and hyphenated. On every Job and pod of ours.</summary>
    public const string JobUuid = "buildkite.com/job-uuid";

    /// <summary>The configuration's <c>id</c>; absent for a controller without one.</summary>
    public const string ControllerId = "buildkite.com/controller-id";

    /// <summary>Followed by the key of one of the job's agent tags.</summary>
    public const string TagPrefix = "tag.buildkite.com/";

    /// <summary>Annotation of ours: the grant the Job was created with.</summary>
    public const string Grant = "scheduler.buildkite.com/grant";
}
