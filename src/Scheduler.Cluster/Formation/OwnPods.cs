using System.Collections.Immutable;

namespace Scheduler.Cluster.Formation;

/// <summary>
/// Tells which of the pods that have the scheduler's labels are its own: those that were made by what made this node's pod. Labels
/// alone are not believed: a stranger would be asked for admission, and its end be taken for a member's.
/// </summary>
/// <param name="pods">All with the labels.</param>
/// <param name="host">Where this node is reached: tells which pod is its own.</param>
public sealed class OwnPods(IPodSource pods, string host) : IPodSource
{
    public async Task<ImmutableArray<SchedulerPod>> ListAsync(CancellationToken cancellationToken) =>
        Mark(await pods.ListAsync(cancellationToken), host);

    /// <summary>
    /// All of them, strangers marked as such. While this node's own pod is not among them, any that a StatefulSet or ReplicaSet made
    /// may be its fellow.
    /// </summary>
    public static ImmutableArray<SchedulerPod> Mark(ImmutableArray<SchedulerPod> pods, string host)
    {
        var own = pods.FirstOrDefault(pod => pod.Controller is { KeepsPodsRunning: true } && pod.IsAt(host))?.Controller;
        return
        [
            .. pods.Select(pod => pod with
            {
                IsStranger = pod.Controller is not { KeepsPodsRunning: true } controller
                    || (own is not null && !controller.IsOfOneWith(own)),
            }),
        ];
    }
}
