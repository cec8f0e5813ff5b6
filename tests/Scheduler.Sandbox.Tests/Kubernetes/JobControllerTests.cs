using k8s;
using k8s.Models;

namespace Scheduler.Sandbox.Tests.Kubernetes;

public sealed class JobControllerTests
{
    [Fact]
    public async Task AJobGetsAPodMadeOfItsTemplate()
    {
        await using var api = await ApiServer.StartAsync();
        var job = await api.CreateAsync(ApiServer.Job("a"));

        var pod = await api.PodOfAsync("a");

        Assert.Matches("^a-[a-z0-9]{5}$", pod.Metadata.Name);
        Assert.Equal(("Job", "a", job.Metadata.Uid, true), (pod.Metadata.OwnerReferences[0].Kind, pod.Metadata.OwnerReferences[0].Name, pod.Metadata.OwnerReferences[0].Uid, pod.Metadata.OwnerReferences[0].Controller));
        Assert.Equal("a", pod.Metadata.Labels["batch.kubernetes.io/job-name"]);
        Assert.Equal("from the template", pod.Metadata.Annotations["note"]);
        Assert.Equal(("agent:1", "Pending"), (pod.Spec.Containers[0].Image, pod.Status.Phase));
        var status = (await api.JobUntilAsync("a", seen => seen.Status.Active == 1)).Status;
        Assert.NotNull(status.StartTime);
    }

    [Fact]
    public async Task APodThatSucceedsCompletesItsJob()
    {
        await using var api = await ApiServer.StartAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        await api.SetPhaseAsync(await api.PodOfAsync("a"), "Succeeded");

        var job = await api.JobUntilAsync("a", seen => Condition(seen, "Complete") is not null);

        Assert.Equal((1, null, null), (job.Status.Succeeded, job.Status.Active, job.Status.Failed));
        Assert.NotNull(job.Status.CompletionTime);
        Assert.Equal(0, api.Server.Observer.Unfinished);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task APodThatFailsOrIsDeletedFailsItsJob(bool isDeleted)
    {
        await using var api = await ApiServer.StartAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        var pod = await api.PodOfAsync("a");
        if (isDeleted)
        {
            await api.Client.CoreV1.DeleteNamespacedPodAsync(pod.Metadata.Name, "default");
        }
        else
        {
            await api.SetPhaseAsync(pod, "Failed");
        }

        var job = await api.JobUntilAsync("a", seen => Condition(seen, "Failed") is not null);

        Assert.Equal(("BackoffLimitExceeded", 1, null), (Condition(job, "Failed")!.Reason, job.Status.Failed, job.Status.Active));
        Assert.True((await api.PodsOfAsync("a")).Count <= 1);
    }

    [Fact]
    public async Task AJobWithRetriesGetsAnotherPod()
    {
        await using var api = await ApiServer.StartAsync();
        var job = ApiServer.Job("a");
        job.Spec.BackoffLimit = 1;
        await api.CreateAsync(job);
        await api.SetPhaseAsync(await api.PodOfAsync("a"), "Failed");

        var pods = await ApiServer.UntilAsync(() => api.PodsOfAsync("a"), seen => seen.Count == 2);
        await api.SetPhaseAsync(pods.Single(pod => pod.Status.Phase == "Pending"), "Succeeded");

        Assert.Equal(1, (await api.JobUntilAsync("a", seen => Condition(seen, "Complete") is not null)).Status.Failed);
    }

    [Fact]
    public async Task ADeadlineFailsTheJobAndStopsItsPod()
    {
        await using var api = await ApiServer.StartAsync();
        var job = ApiServer.Job("a");
        job.Spec.ActiveDeadlineSeconds = 1;
        await api.CreateAsync(job);

        var failed = await api.JobUntilAsync("a", seen => Condition(seen, "Failed") is not null);

        Assert.Equal("DeadlineExceeded", Condition(failed, "Failed")!.Reason);
        await ApiServer.UntilAsync(() => api.PodsOfAsync("a"), pods => pods.Count == 0);
    }

    [Fact]
    public async Task ASuspendedJobHasNoPodUntilItIsResumed()
    {
        await using var api = await ApiServer.StartAsync();
        var job = ApiServer.Job("a");
        job.Spec.Suspend = true;
        await api.CreateAsync(job);
        await api.JobUntilAsync("a", seen => Condition(seen, "Suspended")?.Status == "True");
        Assert.Empty(await api.PodsOfAsync("a"));

        await api.Client.BatchV1.PatchNamespacedJobAsync(
            new V1Patch(new { spec = new { suspend = false } }, V1Patch.PatchType.MergePatch), "a", "default");

        await api.PodOfAsync("a");
        await api.JobUntilAsync("a", seen => Condition(seen, "Suspended")?.Status == "False");
    }

    [Fact]
    public async Task AFinishedJobGoesWhenItsTimeToLiveIsOver()
    {
        await using var api = await ApiServer.StartAsync();
        var job = ApiServer.Job("a");
        job.Spec.TtlSecondsAfterFinished = 1;
        await api.CreateAsync(job);
        await api.SetPhaseAsync(await api.PodOfAsync("a"), "Succeeded");

        await ApiServer.UntilAsync(() => api.Client.BatchV1.ListNamespacedJobAsync("default"), jobs => jobs.Items.Count == 0);

        await ApiServer.UntilAsync(() => api.PodsOfAsync("a"), pods => pods.Count == 0);
        Assert.Equal((1, 1, 0), (api.Server.Observer.Created, api.Server.Observer.Current.Finished, api.Server.Observer.Unfinished));
    }

    [Fact]
    public async Task EndsAreAnnouncedAsEvents()
    {
        await using var api = await ApiServer.StartAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        await api.SetPhaseAsync(await api.PodOfAsync("a"), "Succeeded");

        var events = await ApiServer.UntilAsync(() => api.Client.CoreV1.ListNamespacedEventAsync("default"), found => found.Items.Count == 2);

        Assert.Equal(["Completed", "SuccessfulCreate"], events.Items.Select(item => item.Reason).Order());
    }

    private static V1JobCondition? Condition(V1Job job, string type) => job.Status.Conditions?.SingleOrDefault(condition => condition.Type == type);
}
