using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Watching;

namespace Scheduler.Cluster.Tests.Support;

/// <summary>Kubernetes Jobs and pods by the number of their Buildkite job.</summary>
internal static class Facts
{
    public static JobFact Running(int number, long revision = 3) =>
        new(Jobs.Id(number), $"buildkite-{number}", $"uid-{number}", KubernetesJobState.Unfinished, new Revision(revision), null) { HasPod = true };

    public static JobFact Succeeded(int number, long revision = 5) =>
        Running(number, revision) with { State = KubernetesJobState.Finished, Succeeded = 1, Ending = new JobEnding("Complete", null, null) };

    public static JobFact Failed(int number, long revision = 5) => Running(number, revision) with
    {
        State = KubernetesJobState.Finished,
        Failed = 1,
        Ending = new JobEnding("Failed", "BackoffLimitExceeded", null),
    };

    public static PodFact Pod(int number, PodPhase phase, string uid = "pod-1", int age = 0) =>
        new(Jobs.Id(number), $"buildkite-{number}-{uid}", uid, new Revision(4), phase)
        {
            Owner = $"uid-{number}",
            CreatedAt = DateTimeOffset.UnixEpoch.AddSeconds(age),
        };

    public static WatchMessage<T> Listed<T>(params IReadOnlyList<T> items) => new WatchMessage<T>.Listed(items, new Revision(9));

    public static WatchMessage<JobFact> Changed(JobFact job) => new WatchMessage<JobFact>.Changed(job, job.Revision);

    public static WatchMessage<JobFact> Deleted(JobFact job) => new WatchMessage<JobFact>.Deleted(job, job.Revision);

    public static WatchMessage<PodFact> Changed(PodFact pod) => new WatchMessage<PodFact>.Changed(pod, pod.Revision);

    public static WatchMessage<PodFact> Deleted(PodFact pod) => new WatchMessage<PodFact>.Deleted(pod, pod.Revision);
}
