using System.Net;
using k8s;
using k8s.Models;

namespace Scheduler.Sandbox.Tests.Kubernetes;

public sealed class DeleteTests
{
    [Fact]
    public async Task ABackgroundDeleteOfAJobTakesItsPodsAlong()
    {
        await using var api = await ApiServer.StartAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        await api.PodOfAsync("a");

        var status = await api.Client.BatchV1.DeleteNamespacedJobAsync("a", "default", propagationPolicy: "Background");

        Assert.Equal("Success", status.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync($"{ApiServer.Jobs}/a")).Code);
        await ApiServer.UntilAsync(() => api.PodsOfAsync("a"), pods => pods.Count == 0);
    }

    [Fact]
    public async Task WithoutAPolicyTheRealServerKeepsThePodsOfAJobAndSoDoWe()
    {
        await using var api = await ApiServer.StartAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        await api.PodOfAsync("a");

        await api.Client.BatchV1.DeleteNamespacedJobAsync("a", "default");

        await ApiServer.UntilAsync(() => api.GetAsync($"{ApiServer.Jobs}/a"), answer => answer.Code == HttpStatusCode.NotFound);
        Assert.Null((await api.PodOfAsync("a")).Metadata.OwnerReferences);
    }

    [Fact]
    public async Task AForegroundDeleteKeepsTheJobUntilItsPodsAreGone()
    {
        await using var api = await ApiServer.StartAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        var pod = await api.PodOfAsync("a");
        await api.RunAsync(pod);

        await api.Client.BatchV1.DeleteNamespacedJobAsync("a", "default", propagationPolicy: "Foreground");

        var going = await ApiServer.UntilAsync(() => api.PodOfAsync("a"), seen => seen.Metadata.DeletionTimestamp is not null);
        Assert.Equal(30, going.Metadata.DeletionGracePeriodSeconds);
        Assert.Equal(["foregroundDeletion"], (await api.ReadJobAsync("a")).Metadata.Finalizers);

        await api.Client.CoreV1.DeleteNamespacedPodAsync(pod.Metadata.Name, "default", gracePeriodSeconds: 0);
        await ApiServer.UntilAsync(() => api.GetAsync($"{ApiServer.Jobs}/a"), answer => answer.Code == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task ARunningPodThatNobodyRemovesGoesAfterItsGrace()
    {
        await using var api = await ApiServer.StartAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        var pod = await api.PodOfAsync("a");
        await api.RunAsync(pod);

        var marked = await api.Client.CoreV1.DeleteNamespacedPodAsync(pod.Metadata.Name, "default", gracePeriodSeconds: 1);

        Assert.Equal(1, marked.Metadata.DeletionGracePeriodSeconds);
        await ApiServer.UntilAsync(() => api.PodsOfAsync("a"), pods => pods.Count == 0);
    }

    [Fact]
    public async Task PreconditionsNameTheObjectMeant()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        await api.CreateAsync(ApiServer.Job("a"));

        var (code, body) = await api.SendAsync(HttpMethod.Delete, $"{ApiServer.Jobs}/a", """{"preconditions":{"uid":"x"}}""");

        Assert.Equal((HttpStatusCode.Conflict, "Conflict"), (code, (string?)body["reason"]));
        Assert.Contains("the UID in the precondition (x) does not match the UID in record", (string?)body["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACollectionIsDeletedByLabel()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        await api.CreateAsync(ApiServer.Job("a", "u"));
        await api.CreateAsync(ApiServer.Job("b", "v"));

        await api.Client.BatchV1.DeleteCollectionNamespacedJobAsync(
            "default", labelSelector: "buildkite.com/job-uuid=u", propagationPolicy: "Background");

        Assert.Equal("b", Assert.Single((await api.Client.BatchV1.ListNamespacedJobAsync("default")).Items).Metadata.Name);
    }
}
