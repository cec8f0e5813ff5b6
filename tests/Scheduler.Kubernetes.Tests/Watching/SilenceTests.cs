using k8s;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Core.Facts;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Watching;
using Scheduler.Sandbox.Kubernetes;
using Scheduler.Testing.Waiting;

namespace Scheduler.Kubernetes.Tests.Watching;

public sealed class SilenceTests
{
    [Fact]
    public async Task AWatchOnWhichNotEvenBookmarksComeIsGivenUp()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var time = new FakeTimeProvider();
        await using var server = await KubernetesServer.StartAsync(
            new KubernetesServerOptions { RunJobController = false, BookmarkInterval = TimeSpan.FromHours(1) }, deadline.Token);
        using var client = KubernetesConnection.Connect(new KubernetesClientConfiguration { Host = server.Endpoint.AbsoluteUri });
        await using var seen = FeedReader.Of(
            new Informer<JobFact>(ResourceFeeds.Jobs(client, "default", JobSelector.For(""), time), time), deadline.Token);
        Assert.IsType<WatchMessage<JobFact>.Listed>(await seen.NextAsync());

        var next = seen.NextAsync();
        await Eventually.CompletedAsync(next, () => time.Advance(TimeSpan.FromSeconds(20)), deadline.Token);

        Assert.Contains("nothing came", Assert.IsType<WatchMessage<JobFact>.Interrupted>(await next).Reason, StringComparison.Ordinal);
    }
}
