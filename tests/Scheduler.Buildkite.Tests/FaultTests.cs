using System.Net;
using System.Net.Sockets;
using Scheduler.Buildkite.Tests.Stub;
using Scheduler.Core.Identity;

namespace Scheduler.Buildkite.Tests;

public sealed class FaultTests
{
    private static readonly JobId Job = new(Guid.NewGuid());

    [Fact]
    public async Task AResetConnectionIsTransient()
    {
        await using var stub = await StacksStub.StartAsync(new StubAnswer(200, Fault: StubFault.Reset));
        using var client = stub.Client();

        var error = await Assert.ThrowsAsync<StacksApiException>(() => client.Stack().ListScheduledAsync(null, 10, default));

        Assert.Equal((StacksErrorKind.Transient, null), (error.Kind, error.StatusCode));
        Assert.StartsWith("list scheduled jobs: no complete answer from 127.0.0.1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATruncatedBodyIsTransientAndWorthAnotherAttempt()
    {
        var body = $$$"""{"states":{"{{{Job}}}":"running"}}""";
        await using var stub = await StacksStub.StartAsync(new StubAnswer(200, body, StubFault.Truncate), StubAnswer.Ok(body));
        using var client = stub.Client();

        var states = await client.Stack().GetStatesAsync([Job], default);

        Assert.Single(states);
        Assert.Equal(2, stub.Requests.Count);
    }

    [Fact]
    public async Task ABrokenErrorBodyLeavesTheStatusInCharge()
    {
        await using var stub = await StacksStub.StartAsync(new StubAnswer(403, """{"message":"too many stacks"}""", StubFault.Truncate));
        using var client = stub.Client();

        var error = await Assert.ThrowsAsync<StacksApiException>(() => client.Stack().ListScheduledAsync(null, 10, default));

        Assert.Equal((StacksErrorKind.Forbidden, HttpStatusCode.Forbidden), (error.Kind, error.StatusCode));
    }

    [Theory]
    [InlineData((int)StubFault.Hang)]
    [InlineData((int)StubFault.HangInBody)]
    public async Task ASlowAnswerEndsWithTheTimeout(int fault)
    {
        await using var stub = await StacksStub.StartAsync(new StubAnswer(200, "{  }", (StubFault)fault));
        using var client = stub.Client(options => options with { HttpTimeout = TimeSpan.FromMilliseconds(200) });

        var error = await Assert.ThrowsAsync<StacksApiException>(() => client.Stack().ListScheduledAsync(null, 10, default));

        Assert.Equal(StacksErrorKind.Transient, error.Kind);
        Assert.Contains("within 0.2 s (http-timeout)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeregisteringHasAShorterTimeout()
    {
        await using var stub = await StacksStub.StartAsync(new StubAnswer(200, Fault: StubFault.Hang));
        using var client = stub.Client(options => options with { DeregisterTimeout = TimeSpan.FromMilliseconds(200) });

        var error = await Assert.ThrowsAsync<StacksApiException>(() => client.Stack().DeregisterAsync(default));

        Assert.Equal(StacksEndpoint.Deregister, error.Endpoint);
    }

    [Fact]
    public async Task CancellingEndsACallInFlight()
    {
        using var cancel = new CancellationTokenSource();
        await using var stub = await StacksStub.StartAsync(_ =>
        {
            cancel.Cancel();
            return new StubAnswer(200, Fault: StubFault.Hang);
        });
        using var client = stub.Client();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Stack().GetJobAsync(Job, cancel.Token));

        Assert.Equal(cancel.Token, error.CancellationToken);
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task CancellingEndsAWaitForTheNextAttempt()
    {
        using var cancel = new CancellationTokenSource();
        await using var stub = await StacksStub.StartAsync(StubAnswer.With(503, ("Retry-After", "60")));
        using var client = stub.Client();
        var call = client.Stack().GetStatesAsync([Job], cancel.Token);
        while (stub.Requests.Count == 0)
        {
            await Task.Delay(5);
        }

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task NobodyListeningIsTransient()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var client = StacksClient.Create(new StacksClientOptions { Token = "t", Endpoint = new Uri($"http://127.0.0.1:{port}/v3") });

        var error = await Assert.ThrowsAsync<StacksApiException>(() => client.GetTokenAsync(default));

        Assert.True(error.IsTransient);
        Assert.Contains("refused", error.Message, StringComparison.OrdinalIgnoreCase);
    }
}
