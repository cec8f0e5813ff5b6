using Scheduler.Buildkite.Tests.Stub;

namespace Scheduler.Buildkite.Tests;

public sealed class RateLimitTests
{
    private static readonly StubAnswer UsedUp = StubAnswer.Ok("{}") with
    {
        Headers = [("RateLimit-Scope", "list-scheduled-jobs"), ("RateLimit-Remaining", "0"), ("RateLimit-Reset", "0.5")],
    };

    [Fact]
    public async Task WhenNothingRemainsTheNextCallWaitsForTheReset()
    {
        var time = new SkippingTime();
        await using var stub = await StacksStub.StartAsync(UsedUp, StubAnswer.Ok("{}"));
        using var client = stub.Client(time: time);
        var stack = client.Stack();

        await stack.ListScheduledAsync(null, 10, default);
        Assert.Empty(time.Waits);
        await stack.ListScheduledAsync(null, 10, default);
        await stack.ListScheduledAsync(null, 10, default);

        Assert.Equal([TimeSpan.FromSeconds(0.5)], time.Waits);
    }

    [Fact]
    public async Task OtherScopesAreNotHeldBack()
    {
        var time = new SkippingTime();
        await using var stub = await StacksStub.StartAsync(UsedUp, StubAnswer.Ok("{}"));
        using var client = stub.Client(time: time);

        await client.Stack().ListScheduledAsync(null, 10, default);
        await client.Stack().GetStatesAsync([default], default);

        Assert.Empty(time.Waits);
    }

    [Fact]
    public async Task AScopeTheServiceNamesIsSharedByItsCalls()
    {
        var time = new SkippingTime();
        (string, string) shared = ("RateLimit-Scope", "everything");
        await using var stub = await StacksStub.StartAsync(
            StubAnswer.Ok("{}") with { Headers = [shared] },
            StubAnswer.Ok("{}") with { Headers = [shared, ("RateLimit-Remaining", "0"), ("RateLimit-Reset", "1")] },
            StubAnswer.Ok("{}"));
        using var client = stub.Client(time: time);
        var stack = client.Stack();

        await stack.GetStatesAsync([default], default);
        await stack.ListScheduledAsync(null, 10, default);
        await stack.GetStatesAsync([default], default);

        Assert.Equal([TimeSpan.FromSeconds(1)], time.Waits);
    }

    [Fact]
    public async Task AResetInTheFarFutureIsNotBelieved()
    {
        var time = new SkippingTime();
        await using var stub = await StacksStub.StartAsync(
            StubAnswer.Ok("{}") with { Headers = [("RateLimit-Remaining", "0"), ("RateLimit-Reset", "1786000000")] }, StubAnswer.Ok("{}"));
        using var client = stub.Client(options => options with { LongestServerWait = TimeSpan.FromSeconds(20) }, time);

        await client.Stack().ListScheduledAsync(null, 10, default);
        await client.Stack().ListScheduledAsync(null, 10, default);

        Assert.Equal([TimeSpan.FromSeconds(20)], time.Waits);
    }

    [Fact]
    public async Task NoSecondSeesMoreCallsThanTheLimit()
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.Ok("{}"));
        using var client = stub.Client(options => options with
        {
            RequestsPerSecond = options.RequestsPerSecond.SetItem(StacksEndpoint.ListScheduled, 5),
        });
        var stack = client.Stack();
        // Connections that are open already do not delay the first calls more than the later ones.
        await Task.WhenAll(Enumerable.Range(0, 14).Select(_ => client.GetTokenAsync(default)));

        await Task.WhenAll(Enumerable.Range(0, 14).Select(_ => stack.ListScheduledAsync(null, 10, default)));

        var arrivals = stub.Requests.Skip(14).Select(request => request.ArrivedAt).Order().ToArray();
        Assert.Equal(14, arrivals.Length);
        // The client keeps 1.1 s; the rest is for a busy machine.
        Assert.All(arrivals.Zip(arrivals.Skip(5)), pair => Assert.True(pair.Second - pair.First > TimeSpan.FromSeconds(0.9), $"{pair}"));
    }

    [Fact]
    public async Task AWaitForTheLimitCanBeCancelled()
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.Ok("{}"));
        using var client = stub.Client(options => options with
        {
            RequestsPerSecond = options.RequestsPerSecond.SetItem(StacksEndpoint.ListScheduled, 1),
        });
        using var cancel = new CancellationTokenSource();
        await client.Stack().ListScheduledAsync(null, 10, default);
        var waiting = client.Stack().ListScheduledAsync(null, 10, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Single(stub.Requests);
    }
}
