namespace Scheduler.Buildkite;

/// <summary>
/// The names that stand for a cluster's default queue (controller-behaviour.md §4). A queue named <c>default</c> is not one.
/// </summary>
public static class DefaultQueue
{
    /// <summary>The alias used when no queue is configured.</summary>
    public const string Alias = "_default";

    public static bool IsAlias(string queue) => queue is Alias or "~" or "-";
}
