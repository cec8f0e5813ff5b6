using System.Collections.Immutable;
using Scheduler.Core.Facts;
using Scheduler.Core.Jobs;

namespace Scheduler.Cluster.Watching;

/// <summary>What Kubernetes shows of one Buildkite job. Immutable.</summary>
/// <param name="Job">Its Kubernetes Job; null when there is none (any more).</param>
/// <param name="Pods">Its pods; one unless a pod was replaced.</param>
internal sealed record JobView(JobFact? Job, ImmutableArray<PodFact> Pods)
{
    /// <summary>
    /// How often the end is told: once when it comes and once more in case that was lost; of a Job that failed another time,
    /// since Buildkite may have to be told, and that must not depend on one actor's life.
    /// </summary>
    private const int TellSuccess = 2;

    private const int TellFailure = 3;

    public static JobView Empty { get; } = new(null, []);

    public bool IsGone => Job is null && Pods.IsEmpty;

    /// <summary>Nothing about it will change any more but its deletion.</summary>
    public bool IsOver => Job?.State == KubernetesJobState.Finished && Pods.All(HasEnded);

    /// <summary>It is over and was told often enough: of interest to nobody.</summary>
    public bool IsSettled { get; private init; }

    /// <summary>The pod that counts: the youngest.</summary>
    public PodFact? Newest => Pods.IsEmpty ? null : Pods.MaxBy(pod => (pod.CreatedAt, pod.Name));

    private int TimesTold { get; init; }

    public JobView With(JobFact? job) => this with
    {
        Job = job,
        IsSettled = IsSettled && job?.Uid == Job?.Uid,
        TimesTold = job?.Uid == Job?.Uid ? TimesTold : 0,
    };

    public JobView With(PodFact pod)
    {
        var others = Pods.RemoveAll(known => known.Uid == pod.Uid);
        return IsSettled && HasEnded(pod) ? this : this with { Pods = others.Add(pod), IsSettled = false };
    }

    public JobView Without(PodFact pod) => this with { Pods = Pods.RemoveAll(known => known.Uid == pod.Uid) };

    public JobView WithoutPods() => this with { Pods = [] };

    /// <summary>After it was told. What is settled keeps no pods: they may be many and large.</summary>
    public JobView Told()
    {
        var often = Job?.Succeeded > 0 ? TellSuccess : TellFailure;
        return !IsOver ? this
            : TimesTold + 1 < often ? this with { TimesTold = TimesTold + 1 }
            : this with { IsSettled = true, Pods = [] };
    }

    private static bool HasEnded(PodFact pod) => pod.Phase is PodPhase.Succeeded or PodPhase.Failed;
}
