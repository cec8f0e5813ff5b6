using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Scheduler.Sandbox.Tests.Kubernetes;

public sealed class UpdateTests
{
    [Fact]
    public async Task AStaleUpdateIsAConflict()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        var job = await api.CreateAsync(ApiServer.Job("a"));
        await api.FinishAsync("a");

        var refusal = await Assert.ThrowsAsync<HttpOperationException>(() => api.Client.BatchV1.ReplaceNamespacedJobAsync(job, "a", "default"));

        Assert.Equal(HttpStatusCode.Conflict, refusal.Response.StatusCode);
        Assert.Contains("Operation cannot be fulfilled on jobs.batch \\\"a\\\": the object has been modified", refusal.Response.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SpecAndStatusAreWrittenApart()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        var job = await api.CreateAsync(ApiServer.Job("a"));

        job.Spec.Suspend = true;
        job.Status = new V1JobStatus { Succeeded = 1 };
        var bySpec = await api.Client.BatchV1.ReplaceNamespacedJobAsync(job, "a", "default");
        Assert.Equal((true, null, 2), (bySpec.Spec.Suspend, bySpec.Status.Succeeded, bySpec.Metadata.Generation));

        bySpec.Spec.Suspend = false;
        bySpec.Status = new V1JobStatus { Succeeded = 1 };
        var byStatus = await api.Client.BatchV1.ReplaceNamespacedJobStatusAsync(bySpec, "a", "default");
        Assert.Equal((true, 1, 2), (byStatus.Spec.Suspend, byStatus.Status.Succeeded, byStatus.Metadata.Generation));
    }

    [Fact]
    public async Task AWriteThatChangesNothingIsNone()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        var job = await api.CreateAsync(ApiServer.Job("a"));

        var replaced = await api.Client.BatchV1.ReplaceNamespacedJobAsync(job, "a", "default");

        Assert.Equal(job.Metadata.ResourceVersion, replaced.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task TheTemplateOfAJobIsFixed()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        var job = await api.CreateAsync(ApiServer.Job("a"));
        job.Spec.Template.Spec.Containers[0].Image = "other";

        var refusal = await Assert.ThrowsAsync<HttpOperationException>(() => api.Client.BatchV1.ReplaceNamespacedJobAsync(job, "a", "default"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refusal.Response.StatusCode);
        Assert.Contains("field is immutable", refusal.Response.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMergePatchRemovesWhatItSetsToNull()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        await api.CreateAsync(ApiServer.Job("a", "u"));

        var (_, body) = await api.SendAsync(
            HttpMethod.Patch,
            $"{ApiServer.Jobs}/a",
            """{"metadata":{"labels":{"buildkite.com/job-uuid":null,"x":"y"}}}""",
            "application/merge-patch+json");

        Assert.Equal("""{"x":"y"}""", body["metadata"]!["labels"]!.ToJsonString());
    }

    [Fact]
    public async Task AStrategicPatchMergesConditionsByType()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        var pod = new V1Pod { Metadata = new V1ObjectMeta { Name = "p" }, Spec = new V1PodSpec { Containers = [new V1Container { Name = "c", Image = "i" }] } };
        await api.Client.CoreV1.CreateNamespacedPodAsync(pod, "default");

        await Patch("""{"status":{"conditions":[{"type":"Ready","status":"False"},{"type":"Initialized","status":"True"}]}}""");
        var body = await Patch("""{"status":{"conditions":[{"type":"Ready","status":"True"}]}}""");

        Assert.Equal(
            """[{"type":"Ready","status":"True"},{"type":"Initialized","status":"True"}]""",
            body["status"]!["conditions"]!.ToJsonString());

        async Task<System.Text.Json.Nodes.JsonObject> Patch(string patch) => (await api.SendAsync(
            HttpMethod.Patch, $"{ApiServer.Pods}/p/status", patch, "application/strategic-merge-patch+json")).Body;
    }

    [Theory]
    [InlineData("""[{"op":"test","path":"/spec/parallelism","value":1},{"op":"replace","path":"/spec/parallelism","value":2}]""", 200)]
    [InlineData("""[{"op":"test","path":"/spec/parallelism","value":7},{"op":"replace","path":"/spec/parallelism","value":2}]""", 422)]
    [InlineData("""[{"op":"remove","path":"/spec/nothing"}]""", 422)]
    [InlineData("""[{"op":"add","path":"/metadata/labels/a~1b","value":"c"},{"op":"copy","from":"/metadata/labels/a~1b","path":"/metadata/labels/d"},{"op":"move","from":"/metadata/labels/d","path":"/metadata/labels/e"}]""", 200)]
    public async Task AJsonPatchIsAppliedWhollyOrNotAtAll(string patch, int code)
    {
        await using var api = await ApiServer.StartPassiveAsync();
        var job = await api.CreateAsync(ApiServer.Job("a"));

        var (actual, body) = await api.SendAsync(HttpMethod.Patch, $"{ApiServer.Jobs}/a", patch, "application/json-patch+json");

        Assert.Equal((code, body.ToJsonString()), ((int)actual, body.ToJsonString()));
        if (code != 200)
        {
            Assert.Equal(job.Metadata.ResourceVersion, (await api.ReadJobAsync("a")).Metadata.ResourceVersion);
        }
    }

    [Fact]
    public async Task APatchThatNamesARevisionIsHeldToIt()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        await api.CreateAsync(ApiServer.Job("a"));

        var (code, _) = await api.SendAsync(
            HttpMethod.Patch, $"{ApiServer.Jobs}/a", """{"metadata":{"resourceVersion":"1","labels":{"x":"y"}}}""", "application/merge-patch+json");

        Assert.Equal(HttpStatusCode.Conflict, code);
    }

    [Fact]
    public async Task ALeaseMustBeUpdatedFromAKnownRevision()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        var lease = await api.Client.CoordinationV1.CreateNamespacedLeaseAsync(
            new V1Lease
            {
                Metadata = new V1ObjectMeta { Name = "l" },
                Spec = new V1LeaseSpec { HolderIdentity = "a", LeaseDurationSeconds = 5, RenewTime = new DateTime(2026, 1, 2, 3, 4, 5, 60, 700, DateTimeKind.Utc) },
            },
            "default");
        Assert.Equal("2026-01-02T03:04:05.060700Z", (string?)(await api.GetAsync("/apis/coordination.k8s.io/v1/namespaces/default/leases/l")).Body["spec"]!["renewTime"]);

        var winners = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            var mine = KubernetesJson.Deserialize<V1Lease>(KubernetesJson.Serialize(lease));
            mine.Spec.HolderIdentity = $"holder-{i}";
            try
            {
                return (await api.Client.CoordinationV1.ReplaceNamespacedLeaseAsync(mine, "l", "default")).Spec.HolderIdentity;
            }
            catch (HttpOperationException refusal) when (refusal.Response.StatusCode == HttpStatusCode.Conflict)
            {
                return null;
            }
        }));
        Assert.Single(winners, winner => winner is not null);

        lease.Metadata.ResourceVersion = null;
        var blind = await Assert.ThrowsAsync<HttpOperationException>(() => api.Client.CoordinationV1.ReplaceNamespacedLeaseAsync(lease, "l", "default"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, blind.Response.StatusCode);
    }
}
