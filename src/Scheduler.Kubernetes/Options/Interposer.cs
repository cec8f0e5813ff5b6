namespace Scheduler.Kubernetes.Options;

/// <summary>How a container's <c>command</c> and <c>args</c> become the step's command.</summary>
public enum Interposer
{
    /// <summary>Not set, or the empty text.</summary>
    Unset,

    Buildkite,

    Vector,

    Legacy,
}
