using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.Buildkite.Tests.Stub;
using Scheduler.Core.Identity;

namespace Scheduler.Buildkite.Tests;

public sealed class RequestShapeTests
{
    private static readonly JobId Job = JobId.Parse("6a0c2f7e-1c1b-4a55-8f2e-3b1b8f4f0a01");
    private static readonly JobId Other = JobId.Parse("6A0C2F7E-1C1B-4A55-8F2E-3B1B8F4F0A02");

    [Fact]
    public async Task TokenIsAskedForWithItsOwnUserAgentAndNoJsonHeaders()
    {
        var request = await AskedAsync((client, _) => client.GetTokenAsync(default));

        Assert.Equal(("GET", "/v3/token", ""), (request.Method, request.Target, request.Body));
        Assert.Equal("buildkite/agent-stack-k8s v9.8.7", request.Headers["User-Agent"]);
        Assert.False(request.Headers.ContainsKey("Accept"));
        Assert.False(request.Headers.ContainsKey("Content-Type"));
    }

    [Fact]
    public async Task RegisterSendsTypeAndMetadataAlways()
    {
        var request = await AskedAsync((client, _) => client.RegisterAsync(new StackRegistrationRequest("my-stack", "~"), default));

        Assert.Equal(("POST", "/v3/stacks/register"), (request.Method, request.Target));
        AssertJson("""{"key":"my-stack","type":"kubernetes","queue_key":"~","metadata":{}}""", request);
    }

    [Fact]
    public async Task RegisterSendsMetadata()
    {
        var registration = new StackRegistrationRequest("my-stack", "q")
        {
            Metadata = ImmutableDictionary<string, string>.Empty.Add("Some.Key", "1"),
        };

        var request = await AskedAsync((client, _) => client.RegisterAsync(registration, default));

        AssertJson("""{"key":"my-stack","type":"kubernetes","queue_key":"q","metadata":{"Some.Key":"1"}}""", request);
    }

    [Fact]
    public async Task DeregisterPostsNothing()
    {
        var request = await AskedAsync((_, stack) => stack.DeregisterAsync(default));

        Assert.Equal(("POST", "/v3/stacks/my-stack/deregister", ""), (request.Method, request.Target, request.Body));
    }

    [Fact]
    public async Task DotsInTheStackKeyAreEscaped()
    {
        var request = await AskedAsync((_, stack) => stack.DeregisterAsync(default), key: "a.b c");

        Assert.Equal("/v3/stacks/a%2Eb%20c/deregister", request.Target);
    }

    [Theory]
    [InlineData(null, "linux", "?limit=50&queue_key=linux")]
    [InlineData("", "~", "?limit=50&queue_key=~")]
    [InlineData("MjA+/w==", "_default", "?after=MjA%2B%2Fw%3D%3D&limit=50&queue_key=_default")]
    [InlineData("a b", "-", "?after=a+b&limit=50&queue_key=-")]
    public async Task ListNamesLimitQueueAndCursorInOrder(string? after, string queue, string query)
    {
        var request = await AskedAsync((_, stack) => stack.ListScheduledAsync(after, 50, default), queue);

        Assert.Equal(("GET", "/v3/stacks/my-stack/scheduled-jobs" + query), (request.Method, request.Target));
    }

    [Fact]
    public async Task StackCallsCarryTheHeadersOfTheApi()
    {
        var request = await AskedAsync((_, stack) => stack.ListScheduledAsync(null, 1, default));

        Assert.Equal($"Token {StubClients.Token}", request.Headers["Authorization"]);
        Assert.Equal("agent-stack-k8s/v9.8.7 stackspi/v1.0.0", request.Headers["User-Agent"]);
        Assert.Equal("application/json", request.Headers["Accept"]);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal("gzip", request.Headers["Accept-Encoding"]);
    }

    [Fact]
    public async Task ReserveRoundsTheExpiryUp()
    {
        var request = await AskedAsync((_, stack) => stack.ReserveAsync([Job, Other, Job], TimeSpan.FromSeconds(59.2), default));

        Assert.Equal(("PUT", "/v3/stacks/my-stack/scheduled-jobs/batch-reserve"), (request.Method, request.Target));
        AssertJson($$"""{"job_uuids":["{{Job}}","{{Other}}"],"reservation_expiry_seconds":60}""", request);
    }

    [Fact]
    public async Task ReserveWithoutExpiryLeavesItToTheService()
    {
        var request = await AskedAsync((_, stack) => stack.ReserveAsync([Job], null, default));

        AssertJson($$"""{"job_uuids":["{{Job}}"]}""", request);
    }

    [Fact]
    public async Task GetJobNamesTheJob()
    {
        var request = await AskedAsync((_, stack) => stack.GetJobAsync(Other, default));

        Assert.Equal(("GET", $"/v3/stacks/my-stack/jobs/{Other}"), (request.Method, request.Target));
    }

    [Fact]
    public async Task GetStatesPostsTheIds()
    {
        var request = await AskedAsync((_, stack) => stack.GetStatesAsync([Job], default));

        Assert.Equal(("POST", "/v3/stacks/my-stack/jobs/get-states"), (request.Method, request.Target));
        AssertJson($$"""{"job_uuids":["{{Job}}"]}""", request);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task FinishAlwaysSendsTheExitStatus(int exitStatus)
    {
        var request = await AskedAsync((_, stack) => stack.FinishAsync(Job, exitStatus, "<b> ü 🙂", default));

        Assert.Equal(("POST", $"/v3/stacks/my-stack/jobs/{Job}/finish"), (request.Method, request.Target));
        AssertJson($$"""{"exit_status":{{exitStatus}},"detail":"<b> ü 🙂"}""", request);
        Assert.Contains("\\u003Cb\\u003E ü", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FinishSendsAtMost4096BytesOfDetail()
    {
        var request = await AskedAsync((_, stack) => stack.FinishAsync(Job, -1, new string('ü', 5000), default));

        var detail = JsonDocument.Parse(request.Body).RootElement.GetProperty("detail").GetString()!;
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(detail) is > 4092 and <= 4096);
        Assert.EndsWith(CroppedText.FinishMarker, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HalfASurrogateInADetailBecomesAReplacementCharacter()
    {
        var request = await AskedAsync((_, stack) => stack.FinishAsync(Job, -1, "a\ud83d!", default));

        AssertJson("""{"exit_status":-1,"detail":"a\ufffd!"}""", request);
    }

    [Fact]
    public async Task NotificationsCarryTimesWhereKnown()
    {
        var at = new DateTimeOffset(2026, 8, 6, 9, 15, 0, TimeSpan.FromHours(2)).AddTicks(1234567);

        var request = await AskedAsync((_, stack) => stack.NotifyAsync(
            [new StackNotification(Job, "created", at), new StackNotification(Other, "gone", null)], default));

        Assert.Equal(("POST", "/v3/stacks/my-stack/notifications"), (request.Method, request.Target));
        AssertJson(
            $$"""
            {"notifications":[{"job_uuid":"{{Job}}","detail":"created","timestamp":"2026-08-06T09:15:00.1234567+02:00"},
             {"job_uuid":"{{Other}}","detail":"gone"}]}
            """,
            request);
    }

    [Fact]
    public async Task ATrailingSlashOfTheEndpointChangesNothing()
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.Ok("{}"));
        using var client = stub.Client(options => options with { Endpoint = new Uri(options.Endpoint + "/") });

        await client.GetTokenAsync(default);

        Assert.Equal("/v3/token", Assert.Single(stub.Requests).Target);
    }

    private static async Task<StubRequest> AskedAsync(
        Func<StacksClient, IStack, Task> call, string queue = "linux", string key = "my-stack")
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.Ok("""{"env":{},"reserved":[],"not_reserved":[]}"""));
        using var client = stub.Client();
        await call(client, client.Stack(queue, key));
        return Assert.Single(stub.Requests);
    }

    private static void AssertJson(string expected, StubRequest request) => Assert.True(
        JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, JsonDocument.Parse(request.Body).RootElement), request.Body);
}
