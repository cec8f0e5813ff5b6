using Scheduler.Buildkite.Tests.Stub;
using Scheduler.Core.Identity;

namespace Scheduler.Buildkite.Tests;

public sealed class RetryTests
{
    private static readonly JobId Job = new(Guid.NewGuid());

    public static TheoryData<StacksEndpoint, int> Attempts() => new()
    {
        { StacksEndpoint.Token, 1 },
        { StacksEndpoint.Register, 5 },
        { StacksEndpoint.Deregister, 1 },
        { StacksEndpoint.ListScheduled, 1 },
        { StacksEndpoint.Reserve, 1 },
        { StacksEndpoint.GetJob, 5 },
        { StacksEndpoint.GetStates, 5 },
        { StacksEndpoint.Finish, 5 },
        { StacksEndpoint.Notify, 1 },
    };

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task OnlyCallsThatMayBeRepeatedAre(StacksEndpoint endpoint, int attempts)
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.With(500));
        using var client = stub.Client();

        var error = await CallAsync(client, endpoint);

        Assert.Equal((endpoint, StacksErrorKind.Transient), (error.Endpoint, error.Kind));
        Assert.Equal(attempts, stub.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task ARefusalIsNotRepeated(int status)
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.With(status));
        using var client = stub.Client();

        await CallAsync(client, StacksEndpoint.Finish);

        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task WaitsGrowAndHaveJitter()
    {
        var time = new SkippingTime();
        await using var stub = await StacksStub.StartAsync(new StubAnswer(200, Fault: StubFault.Reset));
        using var client = stub.Client(options => options with { RetryDelay = TimeSpan.FromSeconds(1) }, time);

        await CallAsync(client, StacksEndpoint.GetStates);

        Assert.Collection(
            time.Waits,
            wait => Assert.InRange(wait.TotalSeconds, 1.49, 2.01),
            wait => Assert.InRange(wait.TotalSeconds, 2.03, 2.55),
            wait => Assert.InRange(wait.TotalSeconds, 2.86, 3.38),
            wait => Assert.InRange(wait.TotalSeconds, 4.14, 4.66));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("7.0")]
    [InlineData("Thu, 06 Aug 2026 10:00:07 GMT")]
    public async Task RetryAfterReplacesTheWait(string retryAfter)
    {
        var time = new SkippingTime();
        await using var stub = await StacksStub.StartAsync(
            StubAnswer.With(503, ("Retry-After", retryAfter), ("Date", "Thu, 06 Aug 2026 10:00:00 GMT")),
            StubAnswer.Ok("""{"states":{}}"""));
        using var client = stub.Client(options => options with { RetryDelay = TimeSpan.FromSeconds(1) }, time);

        await client.Stack().GetStatesAsync([Job], default);

        Assert.Equal([TimeSpan.FromSeconds(7)], time.Waits);
    }

    [Fact]
    public async Task AnUnreadableRetryAfterIsIgnored()
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.With(503, ("Retry-After", "-5; soon")));
        using var client = stub.Client();

        Assert.Null((await CallAsync(client, StacksEndpoint.ListScheduled)).RetryAfter);
    }

    [Fact]
    public async Task AWaitTooLongForTheClientIsLeftToTheCaller()
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.With(503, ("Retry-After", "3600")));
        using var client = stub.Client();

        var error = await CallAsync(client, StacksEndpoint.Register);

        Assert.Single(stub.Requests);
        Assert.Equal(TimeSpan.FromHours(1), error.RetryAfter);
    }

    [Fact]
    public async Task ARateLimitedCallWaitsForTheReset()
    {
        var time = new SkippingTime();
        await using var stub = await StacksStub.StartAsync(
            StubAnswer.With(429, ("RateLimit-Scope", "finish-job"), ("RateLimit-Remaining", "0"), ("RateLimit-Reset", "1")),
            new StubAnswer(200));
        using var client = stub.Client(options => options with { RetryDelay = TimeSpan.FromSeconds(30) }, time);

        Assert.Equal(FinishOutcome.Finished, await client.Stack().FinishAsync(Job, -1, "x", default));

        Assert.Equal(TimeSpan.FromSeconds(1), Assert.Single(time.Waits));
    }

    [Fact]
    public async Task TheResetInTheBodyCountsWhenThereIsNoHeader()
    {
        await using var stub = await StacksStub.StartAsync(
            new StubAnswer(429, """{"message":"slow down","scope":"batch-reserve","limit":10,"reset":3}"""));
        using var client = stub.Client();

        var error = await CallAsync(client, StacksEndpoint.Reserve);

        Assert.Equal((StacksErrorKind.RateLimited, TimeSpan.FromSeconds(3)), (error.Kind, error.RetryAfter));
    }

    private static async Task<StacksApiException> CallAsync(StacksClient client, StacksEndpoint endpoint)
    {
        var stack = client.Stack();
        return endpoint switch
        {
            StacksEndpoint.Reserve => (await stack.ReserveAsync([Job], null, default)).Error!,
            StacksEndpoint.Notify => (await stack.NotifyAsync([new StackNotification(Job, "x", null)], default)).Error!,
            _ => await Assert.ThrowsAsync<StacksApiException>(() => endpoint switch
            {
                StacksEndpoint.Token => client.GetTokenAsync(default),
                StacksEndpoint.Register => client.RegisterAsync(new StackRegistrationRequest("k", "q"), default),
                StacksEndpoint.Deregister => stack.DeregisterAsync(default),
                StacksEndpoint.ListScheduled => stack.ListScheduledAsync(null, 10, default),
                StacksEndpoint.GetJob => stack.GetJobAsync(Job, default),
                StacksEndpoint.GetStates => stack.GetStatesAsync([Job], default),
                _ => stack.FinishAsync(Job, -1, "x", default),
            }),
        };
    }
}
