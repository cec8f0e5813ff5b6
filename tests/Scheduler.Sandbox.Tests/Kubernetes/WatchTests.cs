using System.Net;
using k8s;
using k8s.Models;
using Scheduler.Sandbox.Kubernetes;

namespace Scheduler.Sandbox.Tests.Kubernetes;

public sealed class WatchTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    [Fact]
    public async Task AWatchFromAListMissesNothingAndRepeatsNothing()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        var list = await api.Client.BatchV1.ListNamespacedJobAsync("default");
        await api.CreateAsync(ApiServer.Job("b"));

        using var watch = await api.WatchAsync($"{ApiServer.Jobs}?watch=true&resourceVersion={list.Metadata.ResourceVersion}");
        await api.FinishAsync("a");
        await api.Client.BatchV1.DeleteNamespacedJobAsync("b", "default", propagationPolicy: "Background");
        await api.CreateAsync(ApiServer.Job("c"));

        Assert.Equal("ADDED b, MODIFIED a, DELETED b, ADDED c", await watch.NextAsync(4));
    }

    [Fact]
    public async Task AWatchWithoutARevisionBeginsWithWhatIsThere()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        await api.CreateAsync(ApiServer.Job("b"));
        await api.CreateAsync(ApiServer.Job("a"));

        using var watch = await api.WatchAsync($"{ApiServer.Jobs}?watch=1");
        Assert.Equal("ADDED a, ADDED b", await watch.NextAsync(2));
        await api.CreateAsync(ApiServer.Job("c"));
        Assert.Equal("ADDED c", await watch.NextAsync(1));
    }

    [Fact]
    public async Task InitialEventsEndWithABookmark()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        await api.CreateAsync(ApiServer.Job("a"));

        using var watch = await api.WatchAsync(
            $"{ApiServer.Jobs}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");

        Assert.Equal("ADDED a", await watch.NextAsync(1));
        var mark = await watch.NextAsync();
        Assert.Equal(("BOOKMARK", "true"), (mark!.Type, (string?)mark.Object["metadata"]!["annotations"]!["k8s.io/initial-events-end"]));
    }

    [Fact]
    public async Task AnObjectThatLeavesTheSelectionIsDeletedToTheWatcher()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        using var watch = await api.WatchAsync($"{ApiServer.Jobs}?watch=1&labelSelector=x%3Dy");

        var entered = await Label("y");
        var left = await Label("z");

        var (first, second) = (await watch.NextAsync(), await watch.NextAsync());
        Assert.Equal(("ADDED", entered), (first!.Type, first.Revision));
        Assert.Equal(("DELETED", left, "y"), (second!.Type, second.Revision, (string?)second.Object["metadata"]!["labels"]!["x"]));

        async Task<string> Label(string value) => (string)(await api.SendAsync(
            HttpMethod.Patch, $"{ApiServer.Jobs}/a", """{"metadata":{"labels":{"x":"VALUE"}}}""".Replace("VALUE", value, StringComparison.Ordinal), "application/merge-patch+json"))
            .Body["metadata"]!["resourceVersion"]!;
    }

    [Fact]
    public async Task BookmarksSayHowFarAQuietWatchHasCome()
    {
        await using var api = await ApiServer.StartAsync(new KubernetesServerOptions { RunJobController = false, BookmarkInterval = TimeSpan.FromMilliseconds(50) });
        var job = await api.CreateAsync(ApiServer.Job("a"));
        using var watch = await api.WatchAsync($"{ApiServer.Pods}?watch=1&allowWatchBookmarks=true&resourceVersion=1");

        var bookmark = await watch.NextAsync();

        Assert.Equal("BOOKMARK", bookmark!.Type);
        Assert.True(long.Parse(bookmark.Revision) >= long.Parse(job.Metadata.ResourceVersion));
    }

    [Fact]
    public async Task AWatchEndsWhenItsTimeIsOver()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        using var watch = await api.WatchAsync($"{ApiServer.Jobs}?watch=1&timeoutSeconds=1");

        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task AForgottenRevisionIsExpired()
    {
        await using var api = await ApiServer.StartAsync(new KubernetesServerOptions { RunJobController = false, HistoryLength = 2 });
        foreach (var name in Names)
        {
            await api.CreateAsync(ApiServer.Job(name));
        }

        using (var watch = await api.WatchAsync($"{ApiServer.Jobs}?watch=1&resourceVersion=1"))
        {
            var error = await watch.NextAsync();
            Assert.Equal(("ERROR", 410, "Expired"), (error!.Type, (int)error.Object["code"]!, (string?)error.Object["reason"]));
            Assert.Null(await watch.NextAsync());
        }

        api.Server.Faults.RefuseExpiredWatches = true;
        Assert.Equal(HttpStatusCode.Gone, (await api.GetAsync($"{ApiServer.Jobs}?watch=1&resourceVersion=1")).Code);
    }

    [Fact]
    public async Task TheStockClientWatches()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        using var done = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var seen = new List<string>();

        await using var changes = api.Client.BatchV1.WatchListNamespacedJobAsync("default", cancellationToken: done.Token).GetAsyncEnumerator();
        var next = changes.MoveNextAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        await api.FinishAsync("a");
        for (var i = 0; i < 2; i++)
        {
            Assert.True(await next);
            seen.Add($"{changes.Current.Item1} {changes.Current.Item2.Name()}");
            next = changes.MoveNextAsync();
        }

        await done.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(async () => await next);
        Assert.Equal(["Added a", "Modified a"], seen);
    }

    [Fact]
    public async Task ManyWatchersSeeTheSameManyChanges()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        var watches = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => api.WatchAsync($"{ApiServer.Jobs}?watch=1&resourceVersion=1")));

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => api.CreateAsync(ApiServer.Job($"job-{i}"))));

        var seen = await Task.WhenAll(watches.Select(async watch =>
        {
            var names = new List<string>();
            long last = 0;
            for (var i = 0; i < 200; i++)
            {
                var line = await watch.NextAsync();
                Assert.True(long.Parse(line!.Revision) > last);
                last = long.Parse(line.Revision);
                names.Add(line.Name);
            }

            watch.Dispose();
            return names;
        }));
        Assert.All(seen, names => Assert.Equal(seen[0], names));
        Assert.Equal(200, seen[0].Distinct().Count());
    }
}
