using System.Net;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Watching;
using Scheduler.Management.Tests.Support;

namespace Scheduler.Management.Tests.Health;

public sealed class HealthTests(TestNode node) : IClassFixture<TestNode>
{
    private const string Elsewhere = "akka.tcp://scheduler@other:4053";

    [Fact]
    public async Task WhoeverAnswersIsAlive()
    {
        await using var served = await node.ServeAsync();
        Assert.Equal((HttpStatusCode.OK, "OK"), await served.GetAsync("/alive"));
    }

    [Fact]
    public async Task ANodeWhoseSingletonsWorkIsReady() => await ExpectAsync(Polled(1), Listed(1), null);

    [Fact]
    public async Task SingletonsElsewhereDoNotMatter() =>
        await ExpectAsync(Polled(null) with { Node = Elsewhere }, Listed(0) with { Node = Elsewhere }, null);

    [Fact]
    public async Task ANodeThatHasNotPolledYetIsNotReady() => await ExpectAsync(Polled(null), Listed(1), "has not been polled");

    [Fact]
    public async Task ANodeWhosePollsFailIsNotReady() => await ExpectAsync(Polled(31), Listed(1), "31 s ago");

    [Fact]
    public async Task ANodeWithoutAListOfJobsIsNotReady() => await ExpectAsync(Polled(1), Listed(0), "not synced: forbidden");

    [Fact]
    public async Task TheOldestNodeIsNotReadyWhileItsSingletonsAreSilent() => await ExpectAsync(null, Listed(1), "fetcher of this node does not answer");

    private async Task ExpectAsync(FetcherStatus? fetcher, WatcherStatus? watcher, string? problem)
    {
        (node.Answers.Fetcher, node.Answers.Watcher) = (fetcher, watcher);
        await using var served = await node.ServeAsync();
        var (status, text) = await served.GetAsync("/ready");
        if (problem is null)
        {
            Assert.Equal((HttpStatusCode.OK, "OK"), (status, text));
        }
        else
        {
            Assert.Equal(HttpStatusCode.InternalServerError, status);
            Assert.StartsWith("Not Healthy: ", text, StringComparison.Ordinal);
            Assert.Contains(problem, text, StringComparison.Ordinal);
        }
    }

    private FetcherStatus Polled(int? secondsAgo) =>
        new(0, 0, 0, false, secondsAgo is { } s ? TimeSpan.FromSeconds(s) : null) { Node = node.Address.ToString() };

    private WatcherStatus Listed(int times) =>
        new(new WatchStatus { Lists = times, Trouble = times == 0 ? "forbidden" : null }, new WatchStatus(), 0) { Node = node.Address.ToString() };
}
