using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Scheduler.Sandbox.Tests.Kubernetes;

public sealed class CreateTests
{
    [Fact]
    public async Task AJobGetsSystemFieldsDefaultsAndTheLabelsOfItsPods()
    {
        await using var api = await ApiServer.StartPassiveAsync();

        var job = await api.CreateAsync(ApiServer.Job("a"));

        Assert.True(Guid.TryParse(job.Metadata.Uid, out _));
        Assert.NotNull(job.Metadata.CreationTimestamp);
        Assert.Equal(1, job.Metadata.Generation);
        Assert.Equal((1, 1, 0), (job.Spec.Completions, job.Spec.Parallelism, job.Spec.BackoffLimit));
        Assert.Equal(job.Metadata.Uid, job.Spec.Selector.MatchLabels["batch.kubernetes.io/controller-uid"]);
        Assert.Equal("a", job.Spec.Template.Metadata.Labels["job-name"]);
        Assert.Equal(job.Metadata.Uid, job.Spec.Template.Metadata.Labels["controller-uid"]);
        Assert.Equal(30, job.Spec.Template.Spec.TerminationGracePeriodSeconds);
        Assert.Equal("IfNotPresent", job.Spec.Template.Spec.Containers[0].ImagePullPolicy);
        Assert.Equal(6, (await api.CreateAsync(WithoutBackoffLimit())).Spec.BackoffLimit);
    }

    [Fact]
    public async Task RevisionsGrowWithEveryWrite()
    {
        await using var api = await ApiServer.StartPassiveAsync();

        var first = await api.CreateAsync(ApiServer.Job("a"));
        var second = await api.CreateAsync(ApiServer.Job("b"));

        Assert.True(long.Parse(second.Metadata.ResourceVersion) > long.Parse(first.Metadata.ResourceVersion));
    }

    [Fact]
    public async Task ASecondObjectOfANameIsRefusedWithItsParticulars()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        await api.CreateAsync(ApiServer.Job("a"));

        var refusal = await Assert.ThrowsAsync<HttpOperationException>(() => api.CreateAsync(ApiServer.Job("a")));

        Assert.Equal(HttpStatusCode.Conflict, refusal.Response.StatusCode);
        var status = KubernetesJson.Deserialize<V1Status>(refusal.Response.Content);
        Assert.Equal("jobs.batch \"a\" already exists", status.Message);
        Assert.Equal(("AlreadyExists", 409, "a", "batch", "jobs"), (status.Reason, status.Code, status.Details.Name, status.Details.Group, status.Details.Kind));
    }

    [Fact]
    public async Task OfTwentySimultaneousCreatesOfOneNameOneSucceeds()
    {
        await using var api = await ApiServer.StartPassiveAsync();

        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
            (await api.PostAsync(ApiServer.Jobs, KubernetesJson.Serialize(ApiServer.Job("a", "u")))).Code));

        Assert.Equal(1, codes.Count(code => code == HttpStatusCode.Created));
        Assert.Equal(19, codes.Count(code => code == HttpStatusCode.Conflict));
        Assert.Equal(1, api.Server.Observer.CreationsOf("u"));
    }

    [Fact]
    public async Task AGenerateNameGetsFiveLettersMore()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        var job = ApiServer.Job("");
        job.Metadata.GenerateName = "build-";

        var created = await api.CreateAsync(job);

        Assert.Matches("^build-[a-z0-9]{5}$", created.Metadata.Name);
    }

    [Fact]
    public async Task ADryRunChangesNothing()
    {
        await using var api = await ApiServer.StartPassiveAsync();

        var job = await api.Client.BatchV1.CreateNamespacedJobAsync(ApiServer.Job("a"), "default", dryRun: "All");

        Assert.NotEmpty(job.Metadata.Uid);
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync($"{ApiServer.Jobs}/a")).Code);
        Assert.Equal(0, api.Server.Observer.Created);
    }

    [Fact]
    public async Task ANamespaceHasToExist()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        var manifest = KubernetesJson.Serialize(ApiServer.Job("a"));

        var (code, body) = await api.PostAsync("/apis/batch/v1/namespaces/elsewhere/jobs", manifest);
        Assert.Equal((HttpStatusCode.NotFound, "namespaces \"elsewhere\" not found"), (code, (string?)body["message"]));

        await api.Server.CreateNamespaceAsync("elsewhere", CancellationToken.None);
        Assert.Equal(HttpStatusCode.Created, (await api.PostAsync("/apis/batch/v1/namespaces/elsewhere/jobs", manifest)).Code);
    }

    [Fact]
    public async Task ASecretKeepsItsDataAndTakesPlainText()
    {
        await using var api = await ApiServer.StartPassiveAsync();

        await api.Client.CoreV1.CreateNamespacedSecretAsync(
            new V1Secret { Metadata = new V1ObjectMeta { Name = "s" }, StringData = new Dictionary<string, string> { ["a"] = "hi" } },
            "default");
        await api.Server.CreateSecretAsync("default", "t", new Dictionary<string, string> { ["b"] = "ho" }, CancellationToken.None);

        Assert.Equal("hi"u8.ToArray(), (await api.Client.CoreV1.ReadNamespacedSecretAsync("s", "default")).Data["a"]);
        Assert.Equal("ho"u8.ToArray(), (await api.Client.CoreV1.ReadNamespacedSecretAsync("t", "default")).Data["b"]);
    }

    private static V1Job WithoutBackoffLimit()
    {
        var job = ApiServer.Job("b");
        job.Spec.BackoffLimit = null;
        return job;
    }
}
