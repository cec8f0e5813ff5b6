using System.Collections.Immutable;
using Scheduler.Core.Facts;
using Scheduler.Core.Jobs;

namespace Scheduler.Cluster.Watching;

/// <summary>What Kubernetes shows of one Buildkite job. Immutable.</summary>
internal sealed record JobView
{
    /// <summary>
    /// How often the end is told: once when it comes and once more in case that was lost; of a Job that failed another time,
    /// since Buildkite may have to be told, and that must not depend on one actor's life.
    /// </summary>
    private const int TellSuccess = 2;

    private const int TellFailure = 3;

    private JobView()
    {
    }

    public static JobView Empty { get; } = new();

    /// <summary>
    /// All Kubernetes Jobs that count for it: one, unless somebody made another by hand or under another <c>job-prefix</c>. A name is
    /// there once, as in Kubernetes.
    /// </summary>
    public ImmutableArray<JobFact> Jobs { get; private init; } = [];

    /// <summary>The one of them whose fate is the job's: <see cref="Proof.Choose"/>. Null when there is none (any more).</summary>
    public JobFact? Job { get; private init; }

    public bool IsGone => Jobs.IsEmpty && Pods.IsEmpty;

    /// <summary>Of all its Kubernetes Jobs together: it holds its token until the last of them has ended or is gone.</summary>
    public KubernetesJobState State =>
        Jobs.IsEmpty ? KubernetesJobState.Absent
        : Jobs.Any(job => job.State == KubernetesJobState.Unfinished) ? KubernetesJobState.Unfinished
        : KubernetesJobState.Finished;

    /// <summary>Nothing about it will change any more but its deletion.</summary>
    public bool IsOver => Job?.State == KubernetesJobState.Finished && Pods.All(pod => !IsOwn(pod) || HasEnded(pod));

    /// <summary>It is over and was told often enough: of interest to nobody.</summary>
    public bool IsSettled { get; private init; }

    /// <summary>
    /// The pod that counts: the youngest of the Job that counts, or counted last. Of a Job that was never seen here any will do: who
    /// followed it knows better.
    /// </summary>
    public PodFact? Newest => Pods.Where(IsOwn).MaxBy(pod => (pod.CreatedAt, pod.Name));

    /// <summary>Whatever pods say that they are of this job.</summary>
    private ImmutableArray<PodFact> Pods { get; init; } = [];

    /// <summary>UID of <see cref="Job"/>, or of the last one there was; null = there was none.</summary>
    private string? Followed { get; init; }

    private int TimesTold { get; init; }

    /// <param name="job">New or changed.</param>
    /// <param name="name">The name that this configuration gives its Job; null = not known.</param>
    public JobView With(JobFact job, string? name) =>
        With(Jobs.RemoveAll(known => known.Uid == job.Uid || known.Name == job.Name).Add(job), name);

    /// <summary>Without that very Job, if it is known.</summary>
    public JobView Without(JobFact job, string? name) => With(Jobs.RemoveAll(known => known.Uid == job.Uid), name);

    /// <summary>With these Jobs and no others.</summary>
    public JobView With(ImmutableArray<JobFact> jobs, string? name)
    {
        var job = Proof.Choose(jobs, name);
        var isSame = job?.Uid == Job?.Uid;
        return this with
        {
            Jobs = jobs,
            Job = job,
            Followed = job?.Uid ?? Followed,
            IsSettled = IsSettled && isSame,
            TimesTold = isSame ? TimesTold : 0,
        };
    }

    public JobView With(PodFact pod)
    {
        var others = Pods.RemoveAll(known => known.Uid == pod.Uid);
        return IsSettled && IsOwn(pod) && HasEnded(pod) ? this
            : this with { Pods = others.Add(pod), IsSettled = IsSettled && !IsOwn(pod) };
    }

    public JobView Without(PodFact pod) => this with { Pods = Pods.RemoveAll(known => known.Uid == pod.Uid) };

    public JobView WithoutPods() => this with { Pods = [] };

    public bool Has(PodFact pod) => Pods.Any(known => known.Uid == pod.Uid);

    /// <summary>After it was told. What is settled keeps no pods: they may be many and large.</summary>
    public JobView Told()
    {
        var often = Job?.Succeeded > 0 ? TellSuccess : TellFailure;
        return !IsOver ? this
            : TimesTold + 1 < often ? this with { TimesTold = TimesTold + 1 }
            : this with { IsSettled = true, Pods = [] };
    }

    private bool IsOwn(PodFact pod) => Followed is null || pod.Owner == Followed;

    private static bool HasEnded(PodFact pod) => pod.Phase is PodPhase.Succeeded or PodPhase.Failed;
}
