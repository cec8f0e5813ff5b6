using Scheduler.Cluster.Watching;

namespace Scheduler.Management.Limiter;

/// <summary>K8sWatcher as <c>/singletons</c> and <c>scheduler status</c> show it.</summary>
/// <param name="Node">The node it is on.</param>
/// <param name="Synced">Jobs have been listed and are followed.</param>
/// <param name="Known">Buildkite jobs of which Kubernetes shows something.</param>
/// <param name="Revision">As of when Jobs are known.</param>
/// <param name="Trouble">Why a watch does not go on now; absent when both do.</param>
internal sealed record WatcherDocument(string Node, bool Synced, int Known, long Revision, string? Trouble)
{
    public static WatcherDocument Of(WatcherStatus status) => new(
        status.Node, status.Jobs.Lists > 0, status.Known, status.Jobs.Position.Value, status.Jobs.Trouble ?? status.Pods.Trouble);
}
