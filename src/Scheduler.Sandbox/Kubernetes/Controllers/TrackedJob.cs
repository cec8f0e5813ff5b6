using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>A Job and all pods it ever had, also those that are gone.</summary>
internal sealed class TrackedJob(ObjectKey key, string uid)
{
    private readonly Dictionary<string, TrackedPod> _pods = new(StringComparer.Ordinal);

    public ObjectKey Key => key;

    public string Uid => uid;

    public IEnumerable<TrackedPod> ActivePods => _pods.Values.Where(pod => pod.Fate == PodFate.Active);

    public PodTally Tally => new(
        Count(PodFate.Active),
        ActivePods.Count(pod => pod.IsReady),
        Count(PodFate.Succeeded),
        Count(PodFate.Failed));

    public void Learn(TrackedPod pod)
    {
        if (!_pods.TryGetValue(pod.Uid, out var known) || known.Fate == PodFate.Active)
        {
            _pods[pod.Uid] = pod;
        }
    }

    /// <summary>A suspended Job's pods count for nothing.</summary>
    public void Forget(TrackedPod pod) => _pods.Remove(pod.Uid);

    private int Count(PodFate fate) => _pods.Values.Count(pod => pod.Fate == fate);
}
