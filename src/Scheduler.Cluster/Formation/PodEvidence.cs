using System.Collections.Immutable;

namespace Scheduler.Cluster.Formation;

/// <summary>
/// What Kubernetes has proven about the scheduler's pods: whose process is gone for certain. That a pod is not ready, its
/// machine silent, or the pod itself gone (somebody may have deleted it by force) proves nothing; that is for the split-brain
/// resolver.
/// </summary>
/// <param name="Running">The pods that were last seen with a running process, by UID.</param>
public sealed record PodEvidence(ImmutableDictionary<string, SchedulerPod> Running)
{
    public static PodEvidence Nothing { get; } = new(ImmutableDictionary<string, SchedulerPod>.Empty);

    /// <summary>After another look: the pods (as they were) whose process then ran and does not any more.</summary>
    public (PodEvidence Next, ImmutableArray<SchedulerPod> Dead) Look(ImmutableArray<SchedulerPod> pods)
    {
        var now = pods.ToImmutableDictionary(pod => pod.Uid);
        var dead = Running.Values.Where(former =>
            now.TryGetValue(former.Uid, out var pod)
            && (pod.HasEnded || (pod.Containers.Length > 0 && !pod.Containers.Intersect(former.Containers).Any())));
        // A stranger's end proves nothing; nor does a pod that became one: it runs on while its StatefulSet is made anew.
        var running = now.Values.Where(pod => pod is { IsStranger: false, HasEnded: false, Ip: not null, Containers.Length: > 0 });
        return (new PodEvidence(running.ToImmutableDictionary(pod => pod.Uid)), [.. dead]);
    }
}
