using System.Text.Json.Nodes;
using k8s;

namespace Scheduler.Sandbox.Tests.Kubernetes;

public sealed class JobObserverTests
{
    [Fact]
    public async Task ThePeakIsTheMostThatWereEverUnfinishedAtOnce()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        var observer = api.Server.Observer;

        await api.CreateAsync(ApiServer.Job("a"));
        await api.CreateAsync(ApiServer.Job("b"));
        await api.FinishAsync("a");
        await api.CreateAsync(ApiServer.Job("c"));
        await api.Client.BatchV1.DeleteNamespacedJobAsync("b", "default", propagationPolicy: "Background");
        await api.Client.BatchV1.DeleteNamespacedJobAsync("a", "default", propagationPolicy: "Background");

        Assert.Equal((1, 2, 3), (observer.Unfinished, observer.PeakInFlight, observer.Created));
        Assert.Equal((1, 2), (observer.Current.Finished, observer.Current.Removed));
    }

    [Fact]
    public async Task EveryCreationAboveTheLimitCounts()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        var observer = api.Server.Observer;
        observer.Limit = 2;

        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => api.CreateAsync(ApiServer.Job($"job-{i}"))));
        Assert.Equal(3, observer.LimitExceeded);

        observer.Limit = 0;
        await api.CreateAsync(ApiServer.Job("more"));
        Assert.Equal((3, null), (observer.LimitExceeded, observer.Limit));
    }

    [Fact]
    public async Task AJobCreatedAgainIsADuplicate()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        var observer = api.Server.Observer;

        await api.CreateAsync(ApiServer.Job("a", "u"));
        await api.CreateAsync(ApiServer.Job("b", "v"));
        await api.Client.BatchV1.DeleteNamespacedJobAsync("a", "default", propagationPolicy: "Background");
        await api.CreateAsync(ApiServer.Job("a", "u"));

        Assert.Equal((2, 1, 0), (observer.CreationsOf("u"), observer.CreationsOf("v"), observer.CreationsOf("w")));
        Assert.Equal("u", Assert.Single(observer.Duplicates).Key);
    }

    [Fact]
    public async Task ASubscriberEndsUpWithTheLastCounts()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var creations = Task.WhenAll(Enumerable.Range(0, 50).Select(i => api.CreateAsync(ApiServer.Job($"job-{i}"))));

        await foreach (var counts in api.Server.Observer.Subscribe(patience.Token))
        {
            if (counts.Created == 50)
            {
                break;
            }
        }

        await creations;
    }

    [Fact]
    public async Task ObjectsPutPastTheChecksCountToo()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        var manifest = JsonNode.Parse(KubernetesJson.Serialize(ApiServer.Job("a")))!.AsObject();
        manifest["metadata"]!["namespace"] = "default";
        manifest["status"] = new JsonObject { ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Failed", ["status"] = "True" }) };

        await api.Server.PutObjectAsync(manifest, CancellationToken.None);

        Assert.Equal((0, 1), (api.Server.Observer.Unfinished, api.Server.Observer.Created));
    }
}
