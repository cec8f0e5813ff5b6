using k8s;
using k8s.Models;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Events;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.PodDeletion;
using Scheduler.Kubernetes.Tests.Connection;
using Scheduler.Kubernetes.Tests.Jobs;
using Scheduler.Kubernetes.Tests.Watching;
using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Effects;

/// <summary>What is done to Jobs and pods that exist, on any API server.</summary>
public abstract class EffectsContract(ApiServer server) : ApiServerTests(server, TimeSpan.FromMinutes(3))
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    [ContractFact]
    public async Task DeletingAPodMeansTheVeryPodOfThatUid()
    {
        var pod = await CreatePodAsync();

        Assert.False(await Pods().DeleteAsync(TestPod.Name, Guid.NewGuid().ToString(), asSeen: null, Deadline));
        Assert.True(await Pods().DeleteAsync(TestPod.Name, pod.Metadata.Uid, asSeen: null, Deadline));
        Assert.False(await Pods().DeleteAsync(TestPod.Name, pod.Metadata.Uid, asSeen: null, Deadline));
    }

    [ContractFact]
    public async Task APodThatHasChangedSinceItWasSeenStays()
    {
        var pod = await CreatePodAsync();
        var seen = Revision.Parse(pod.Metadata.ResourceVersion);
        pod.Metadata.Annotations = new Dictionary<string, string> { ["changed"] = "yes" };
        pod = await Server.Admin.CoreV1.ReplaceNamespacedPodAsync(pod, TestPod.Name, Ns, cancellationToken: Deadline);

        Assert.False(await Pods().DeleteAsync(TestPod.Name, pod.Metadata.Uid, seen, Deadline));
        Assert.True(await Pods().DeleteAsync(TestPod.Name, pod.Metadata.Uid, Revision.Parse(pod.Metadata.ResourceVersion), Deadline));
    }

    [ContractFact]
    public async Task ADeletedPodIsGoneAtOnceAlthoughNoKubeletAnswersForIt()
    {
        var pod = await CreatePodAsync(node: "a-node-that-died");

        Assert.True(await Pods().DeleteAsync(TestPod.Name, pod.Metadata.Uid, asSeen: null, Deadline));

        Assert.Empty((await Server.Admin.CoreV1.ListNamespacedPodAsync(Ns, cancellationToken: Deadline)).Items);
    }

    [ContractFact]
    public async Task ADeadlineIsSetAndNothingElseOfTheJobChanges()
    {
        var job = await CreateJobAsync();

        Assert.True(await Jobs().SetDeadlineAsync(job.Metadata.Name, job.Metadata.Uid, TimeSpan.FromSeconds(59.2), Deadline));

        var changed = await ReadAsync(job);
        Assert.Equal(60, changed.Spec.ActiveDeadlineSeconds);
        changed.Spec.ActiveDeadlineSeconds = job.Spec.ActiveDeadlineSeconds;
        Assert.Equal(KubernetesJson.Serialize(job.Spec), KubernetesJson.Serialize(changed.Spec));
        Assert.Equal((job.Metadata.Uid, "3/14"), (changed.Metadata.Uid, changed.Metadata.Annotations["scheduler.buildkite.com/grant"]));
    }

    [ContractFact]
    public async Task ADeadlineThatIsSoonerAlreadyStays()
    {
        var job = await CreateJobAsync();

        Assert.True(await Jobs().SetDeadlineAsync(job.Metadata.Name, job.Metadata.Uid, TimeSpan.FromHours(2), Deadline));

        Assert.Equal(job.Metadata.ResourceVersion, (await ReadAsync(job)).Metadata.ResourceVersion);
    }

    [ContractFact]
    public async Task AnotherJobOfTheNameKeepsItsDeadline()
    {
        var job = await CreateJobAsync();

        Assert.False(await Jobs().SetDeadlineAsync(job.Metadata.Name, Guid.NewGuid().ToString(), TimeSpan.FromSeconds(1), Deadline));
        Assert.False(await Jobs().SetDeadlineAsync("no-such-job", job.Metadata.Uid, TimeSpan.FromSeconds(1), Deadline));

        Assert.Equal(3600, (await ReadAsync(job)).Spec.ActiveDeadlineSeconds);
    }

    [ContractFact]
    public async Task TwoWhoChangeOneJobAtOnceBothSucceed()
    {
        var job = await CreateJobAsync();

        var both = await Task.WhenAll(
            Jobs().SetDeadlineAsync(job.Metadata.Name, job.Metadata.Uid, TimeSpan.FromSeconds(20), Deadline),
            Jobs().SetDeadlineAsync(job.Metadata.Name, job.Metadata.Uid, TimeSpan.FromSeconds(10), Deadline));

        Assert.Equal([true, true], both);
        Assert.Equal(10, (await ReadAsync(job)).Spec.ActiveDeadlineSeconds);
    }

    [ContractFact]
    public async Task TheEventsAboutAJobAreListedOldestFirstEachWithTheTimesThatCount()
    {
        await ReportAsync("later", about: "the-job", e => (e.Count, e.FirstTimestamp, e.LastTimestamp) = (4, Noon, Noon.AddMinutes(9)));
        await ReportAsync("once", about: "the-job", e => (e.Count, e.FirstTimestamp, e.LastTimestamp) = (1, Noon.AddMinutes(1), Noon.AddMinutes(1)));
        await ReportAsync("series", about: "the-job", e =>
        {
            e.EventTime = Precise(2);
            e.Series = new Corev1EventSeries { Count = 3, LastObservedTime = Precise(5) };
        });
        await ReportAsync("never", about: "the-job", _ => { });
        await ReportAsync("other", about: "another-job", _ => { });
        await ReportAsync("pod", about: "the-job", e => e.InvolvedObject.Kind = "Pod");

        var listed = await new KubernetesEvents(Client, Ns).ListAsync("the-job", Deadline);

        Assert.Equal(
            [
                new EventFact("Warning", "never", "words about never"),
                new EventFact("Warning", "once", "words about once") { FirstSeen = Noon.AddMinutes(1), LastSeen = Noon.AddMinutes(1) },
                new EventFact("Warning", "series", "words about series")
                {
                    FirstSeen = Precise(2), LastSeen = Precise(5), Count = 3, IsSeries = true,
                },
                new EventFact("Warning", "later", "words about later") { FirstSeen = Noon, LastSeen = Noon.AddMinutes(9), Count = 4 },
            ],
            listed);
    }

    [ContractFact]
    public async Task AJobWithoutEventsHasNone() => Assert.Empty(await new KubernetesEvents(Client, Ns).ListAsync("the-job", Deadline));

    /// <summary>These two fields have microseconds, and the real server takes nothing coarser.</summary>
    private static DateTime Precise(int minutes) => Noon.AddMinutes(minutes).AddMicroseconds(123_456);

    private protected KubernetesPods Pods() => new(Client, Ns);

    private protected KubernetesJobs Jobs() => new(Client, Ns, JobSelector.For(""));

    private protected Task<V1Job> CreateJobAsync() =>
        Server.Admin.BatchV1.CreateNamespacedJobAsync(TestJob.Of(TestJob.NewId()), Ns, cancellationToken: Deadline);

    private protected Task<V1Pod> CreatePodAsync(string? node = null)
    {
        var pod = TestPod.Of(new JobId(Guid.NewGuid()));
        pod.Spec.NodeName = node;
        return Server.Admin.CoreV1.CreateNamespacedPodAsync(pod, Ns, cancellationToken: Deadline);
    }

    private protected Task<V1Job> ReadAsync(V1Job job) =>
        Server.Admin.BatchV1.ReadNamespacedJobAsync(job.Metadata.Name, Ns, cancellationToken: Deadline);

    private Task<Corev1Event> ReportAsync(string reason, string about, Action<Corev1Event> detail)
    {
        var report = new Corev1Event
        {
            Metadata = new V1ObjectMeta { Name = $"{about}.{reason}", NamespaceProperty = Ns },
            InvolvedObject = new V1ObjectReference { ApiVersion = "batch/v1", Kind = "Job", Name = about, NamespaceProperty = Ns },
            Type = "Warning",
            Reason = reason,
            Message = $"words about {reason}",
            Action = "Testing",
            ReportingComponent = "tests.example.com/reporter",
            ReportingInstance = "reporter-1",
        };
        detail(report);
        return Server.Admin.CoreV1.CreateNamespacedEventAsync(report, Ns, cancellationToken: Deadline);
    }
}
