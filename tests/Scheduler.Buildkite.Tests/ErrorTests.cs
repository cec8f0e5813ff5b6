using System.Net;
using Scheduler.Buildkite.Tests.Stub;

namespace Scheduler.Buildkite.Tests;

public sealed class ErrorTests
{
    [Theory]
    [InlineData(400, StacksErrorKind.Permanent)]
    [InlineData(401, StacksErrorKind.Unauthorized)]
    [InlineData(403, StacksErrorKind.Forbidden)]
    [InlineData(404, StacksErrorKind.NotFound)]
    [InlineData(409, StacksErrorKind.Permanent)]
    [InlineData(422, StacksErrorKind.Invalid)]
    [InlineData(429, StacksErrorKind.RateLimited)]
    [InlineData(500, StacksErrorKind.Transient)]
    [InlineData(503, StacksErrorKind.Transient)]
    public async Task TheStatusDecidesTheKindAndTheMessageQuotesTheService(int status, StacksErrorKind kind)
    {
        var error = await FailAsync(new StubAnswer(status, """{"message":"Stack not\nfound"}"""));

        Assert.Equal((kind, (HttpStatusCode)status, StacksEndpoint.ListScheduled), (error.Kind, error.StatusCode, error.Endpoint));
        Assert.StartsWith($"list scheduled jobs: the service answered {status} ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(": Stack not found", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>", "<html>Bad gateway</html>")]
    [InlineData("", "500 InternalServerError")]
    [InlineData("""["odd"]""", """["odd"]""")]
    public async Task AnErrorBodyNeedNotBeJson(string body, string shown)
    {
        var error = await FailAsync(new StubAnswer(500, body));

        Assert.Equal(StacksErrorKind.Transient, error.Kind);
        Assert.EndsWith(shown, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARedirectIsRefusedAndNamesWhereItLeads()
    {
        var error = await FailAsync(new StubAnswer(301) { Headers = [("Location", "https://agent.example.org/v3/x?secret=1")] });

        Assert.Equal(StacksErrorKind.Permanent, error.Kind);
        Assert.Contains("to https://agent.example.org; check agent-config.endpoint", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("<html>hello", "it begins with: <html>hello")]
    [InlineData("null", "it begins with: null")]
    [InlineData("""{"jobs":7}""", "line 1, byte 9")]
    public async Task ASuccessWithAnUnusableBodyIsTransient(string body, string says)
    {
        var error = await FailAsync(StubAnswer.Ok(body));

        Assert.Equal((StacksErrorKind.Transient, HttpStatusCode.OK), (error.Kind, error.StatusCode));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALongBodyIsShownInPart()
    {
        var error = await FailAsync(StubAnswer.Ok(new string('x', 100_000)));

        Assert.InRange(error.Message.Length, 200, 500);
        Assert.EndsWith("x… (100000 bytes)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAnswerBeyondTheLimitIsRefused()
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.Ok("{" + new string(' ', 20_000) + "}"));
        using var client = stub.Client(options => options with { MaxResponseBytes = 10_000 });

        var error = await Assert.ThrowsAsync<StacksApiException>(() => client.Stack().ListScheduledAsync(null, 10, default));

        Assert.Contains("more than 10000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task APageSizeOutOfRangeIsTheCallersMistake(int limit)
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.Ok("{}"));
        using var client = stub.Client();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.Stack().ListScheduledAsync(null, limit, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.Stack().ReserveAsync([], TimeSpan.FromHours(2), default));
        await Assert.ThrowsAsync<ArgumentException>(() => client.Stack().FinishAsync(default, -1, " ", default));
    }

    private static async Task<StacksApiException> FailAsync(StubAnswer answer)
    {
        await using var stub = await StacksStub.StartAsync(answer);
        using var client = stub.Client();
        return await Assert.ThrowsAsync<StacksApiException>(() => client.Stack().ListScheduledAsync(null, 10, default));
    }
}
