using System.Net;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Buildkite;

namespace Scheduler.Sandbox.Tests.Buildkite;

public sealed class RateLimitTests
{
    [Fact]
    public async Task TheEleventhListCallWithinASecondIsRefused()
    {
        await using var it = await ServerFixture.StartAsync(options => options with { RateLimits = true });
        for (var remaining = 9; remaining >= 0; remaining--)
        {
            var admitted = await it.Client.ListAsync();
            Assert.Equal(HttpStatusCode.OK, admitted.Status);
            Assert.Equal(
                ("list-scheduled-jobs", "10", $"{remaining}", "1"),
                (admitted.Header("RateLimit-Scope"), admitted.Header("RateLimit-Limit"), admitted.Header("RateLimit-Remaining"), admitted.Header("RateLimit-Reset")));
        }

        var refused = await it.Client.ListAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal(
            """{"message":"You have exceeded your API rate limit. Please wait 1 seconds before making more requests.","scope":"list-scheduled-jobs","limit":10,"current":11,"reset":1}""",
            refused.Text);
        Assert.Equal("0", refused.Header("RateLimit-Remaining"));
        Assert.False(refused.Headers.Contains("Retry-After"));
        Assert.Equal(1, it.Server.Observer.Calls(BuildkiteEndpoint.ListScheduledJobs, 429));
    }

    [Fact]
    public async Task TheWindowSlides()
    {
        await using var it = await ServerFixture.StartAsync(options => options with { RateLimits = true });
        for (var call = 0; call < 10; call++)
        {
            it.Clock.Advance(TimeSpan.FromMilliseconds(50));
            await it.Client.ListAsync();
        }

        it.Clock.Advance(TimeSpan.FromMilliseconds(549));
        var early = await it.Client.ListAsync();
        it.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var firstOut = await it.Client.ListAsync();
        var secondStillIn = await it.Client.ListAsync();

        Assert.Equal(
            (HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.TooManyRequests),
            (early.Status, firstOut.Status, secondStillIn.Status));
    }

    [Fact]
    public async Task StacksAndEndpointsAreCountedApart()
    {
        await using var it = await ServerFixture.StartAsync(options => options with
        {
            RateLimits = true,
            RateLimitChanges = new Dictionary<BuildkiteEndpoint, int> { [BuildkiteEndpoint.ListScheduledJobs] = 1 },
        });
        await it.Client.RegisterAsync("other");
        await it.Client.ListAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, (await it.Client.ListAsync()).Status);
        Assert.Equal(HttpStatusCode.OK, (await it.Client.ListAsync(stack: "other")).Status);
        var states = await it.Client.PostAsync("stacks/test/jobs/get-states", new JsonObject { ["job_uuids"] = new JsonArray() });
        Assert.Equal(("batch-load-job-states", "20"), (states.Header("RateLimit-Scope"), states.Header("RateLimit-Limit")));
    }

    [Fact]
    public async Task WithoutLimitsEveryCallPasses()
    {
        await using var it = await ServerFixture.StartAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => it.Client.ListAsync()));

        Assert.All(replies, reply => Assert.Equal(HttpStatusCode.OK, reply.Status));
    }
}
