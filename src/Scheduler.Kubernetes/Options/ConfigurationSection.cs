namespace Scheduler.Kubernetes.Options;

/// <summary>Chapters of the configuration's reference.</summary>
public enum ConfigurationSection
{
    Limits,
    Buildkite,
    Jobs,
    Pods,
    Images,
    Kubernetes,
    Cluster,
    Observability,

    /// <summary>Accepted so that files written for the original still load; without effect.</summary>
    Compatibility,
}
