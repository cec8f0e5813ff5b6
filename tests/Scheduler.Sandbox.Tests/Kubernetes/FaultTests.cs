using System.Net;
using k8s;
using Scheduler.Sandbox.Kubernetes.Faults;

namespace Scheduler.Sandbox.Tests.Kubernetes;

public sealed class FaultTests
{
    [Fact]
    public async Task ARuleBefallsTheRequestsItNamesAsOftenAsItSays()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        using var rule = api.Server.Faults.Add(
            new FaultRule(Fault.Status(429, retryAfterSeconds: 3)) { Verb = "create", Resource = "jobs", NamePattern = "^slow", Times = 2 });

        Assert.Equal(HttpStatusCode.Created, await Create("quick"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Create("slow"));
        using var second = await Post("slow", "");
        Assert.Equal(TimeSpan.FromSeconds(3), second.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.Created, await Create("slow"));
        Assert.Equal(2, rule.Hits);

        async Task<HttpStatusCode> Create(string name)
        {
            using var response = await Post(name, "");
            return response.StatusCode;
        }

        Task<HttpResponseMessage> Post(string name, string query) => PostAsync(api, name, query);
    }

    [Fact]
    public async Task AWriteDelayedBeyondItsTimeoutIsNeverCommitted()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        api.Server.Faults.Add(new FaultRule(new Fault { DelayBeforeCommit = TimeSpan.FromSeconds(20) }) { Verb = "create" });

        using var response = await PostAsync(api, "a", "?timeout=200ms");

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Contains("\"reason\":\"Timeout\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, api.Server.Observer.Created);
    }

    [Fact]
    public async Task AWriteWhoseClientHasGoneIsCommittedAllTheSame()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        using var rule = api.Server.Faults.Add(new FaultRule(new Fault { DelayBeforeCommit = TimeSpan.FromMilliseconds(300) }) { Verb = "create" });
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => api.Client.BatchV1.CreateNamespacedJobAsync(ApiServer.Job("a"), "default", cancellationToken: impatience.Token));

        Assert.Equal(1, rule.Hits);
        await ApiServer.UntilAsync(() => Task.FromResult(api.Server.Observer.Created), created => created == 1);
    }

    [Theory]
    [InlineData(Breakage.ResetBeforeCommit, 0)]
    [InlineData(Breakage.ResetAfterCommit, 1)]
    [InlineData(Breakage.TruncatedBody, 1)]
    public async Task ALostAnswerSaysNothingOfTheWrite(Breakage breakage, int created)
    {
        await using var api = await ApiServer.StartPassiveAsync();
        api.Server.Faults.Add(new FaultRule(Fault.Broken(breakage)) { Verb = "create" });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => PostAsync(api, "a", ""));

        Assert.Equal(created, api.Server.Observer.Created);
    }

    [Fact]
    public async Task AGarbledAnswerIsNoJson()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        api.Server.Faults.Add(new FaultRule(Fault.Broken(Breakage.GarbageBody)) { Verb = "list" });

        await Assert.ThrowsAnyAsync<Exception>(() => api.Client.BatchV1.ListNamespacedJobAsync("default"));
        Assert.Empty((await api.Client.BatchV1.ListNamespacedJobAsync("default")).Items);
    }

    [Fact]
    public async Task BrokenWatchesLoseTheirConnection()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        using var watch = await api.WatchAsync($"{ApiServer.Jobs}?watch=1");

        await api.Server.Faults.BreakWatchesAsync();

        await Assert.ThrowsAnyAsync<IOException>(watch.NextAsync);
        using var another = await api.WatchAsync($"{ApiServer.Jobs}?watch=1");
        await api.CreateAsync(ApiServer.Job("a"));
        Assert.Equal("ADDED a", await another.NextAsync(1));
    }

    [Fact]
    public async Task ExpiredWatchesAreToldSo()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        using var watch = await api.WatchAsync($"{ApiServer.Jobs}?watch=1");

        await api.Server.Faults.ExpireWatchesAsync();

        var error = await watch.NextAsync();
        Assert.Equal(("ERROR", 410), (error!.Type, (int)error.Object["code"]!));
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task MissedEventsAreMissedForGood()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        using var watch = await api.WatchAsync($"{ApiServer.Jobs}?watch=1&allowWatchBookmarks=true");
        api.Server.Faults.DropWatchEvents = true;
        var missed = await api.CreateAsync(ApiServer.Job("missed"));
        WatchLine? line;
        do
        {
            line = await watch.NextAsync();
        }
        while (line is { Type: "BOOKMARK" } && long.Parse(line.Revision) < long.Parse(missed.Metadata.ResourceVersion));

        Assert.Equal("BOOKMARK", line!.Type);
        api.Server.Faults.DropWatchEvents = false;
        await api.CreateAsync(ApiServer.Job("seen"));
        do
        {
            line = await watch.NextAsync();
        }
        while (line!.Type == "BOOKMARK");
        Assert.Equal("ADDED seen", line.ToString());
    }

    [Fact]
    public async Task FrozenListsAreStale()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        api.Server.Faults.FreezeLists();
        await api.CreateAsync(ApiServer.Job("a"));

        Assert.Empty((await api.Client.BatchV1.ListNamespacedJobAsync("default")).Items);
        api.Server.Faults.Clear();
        Assert.Single((await api.Client.BatchV1.ListNamespacedJobAsync("default")).Items);
    }

    private static Task<HttpResponseMessage> PostAsync(ApiServer api, string name, string query) => api.Http.PostAsync(
        new Uri($"{ApiServer.Jobs}{query}", UriKind.Relative),
        new StringContent(KubernetesJson.Serialize(ApiServer.Job(name)), System.Text.Encoding.UTF8, "application/json"));
}
