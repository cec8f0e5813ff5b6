using System.Net;
using System.Net.Sockets;
using Scheduler.Buildkite.Tests.Stub;

namespace Scheduler.Buildkite.Tests.Faults;

/// <summary>Whatever goes wrong with whichever call, its caller gets one kind of error, soon, that says what to do.</summary>
public sealed class EveryCallTests
{
    public static TheoryData<StacksEndpoint> Endpoints => [.. Enum.GetValues<StacksEndpoint>()];

    /// <summary>Those whose answer is the status alone.</summary>
    private static bool HasAnswer(StacksEndpoint endpoint) => endpoint is not (StacksEndpoint.Deregister or StacksEndpoint.Finish);

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task ARefusedConnectionIsTransient(StacksEndpoint endpoint)
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();
        using var client = StacksClient.Create(new StacksClientOptions
        {
            Token = "t",
            Endpoint = new Uri($"http://127.0.0.1:{port}/v3"),
            RetryDelay = TimeSpan.Zero,
        });

        AssertTransient(endpoint, null, await EveryCall.ErrorOfAsync(client, endpoint));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task AResetConnectionIsTransient(StacksEndpoint endpoint)
    {
        await using var stub = await StacksStub.StartAsync(new StubAnswer(200, Fault: StubFault.Reset));
        using var client = stub.Client();

        AssertTransient(endpoint, null, await EveryCall.ErrorOfAsync(client, endpoint));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task AServerErrorIsTransient(StacksEndpoint endpoint)
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.With(500));
        using var client = stub.Client();

        AssertTransient(endpoint, HttpStatusCode.InternalServerError, await EveryCall.ErrorOfAsync(client, endpoint));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task ThrottlingIsToldWithTheWaitAskedForAndNotRepeatedBeforeIt(StacksEndpoint endpoint)
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.With(429, ("Retry-After", "600")));
        using var client = stub.Client();

        var error = await EveryCall.ErrorOfAsync(client, endpoint);

        Assert.Equal((StacksErrorKind.RateLimited, TimeSpan.FromMinutes(10)), (error?.Kind, error?.RetryAfter));
        Assert.Single(stub.Requests);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task AServiceThatNeverAnswersIsGivenUp(StacksEndpoint endpoint)
    {
        await using var stub = await StacksStub.StartAsync(new StubAnswer(200, Fault: StubFault.Hang));
        using var client = stub.Client(options => options with
        {
            HttpTimeout = TimeSpan.FromMilliseconds(100),
            DeregisterTimeout = TimeSpan.FromMilliseconds(100),
        });

        AssertTransient(endpoint, null, await EveryCall.ErrorOfAsync(client, endpoint));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task HalfAnAnswerIsTransientWhereverTheAnswerMatters(StacksEndpoint endpoint)
    {
        await using var stub = await StacksStub.StartAsync(new StubAnswer(200, """{"id":"half of it","states":{}}""", StubFault.Truncate));
        using var client = stub.Client();

        var error = await EveryCall.ErrorOfAsync(client, endpoint);

        Assert.Equal(HasAnswer(endpoint), error is { IsTransient: true });
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task AnAnswerThatIsNoJsonIsTransientWhereverTheAnswerMatters(StacksEndpoint endpoint)
    {
        await using var stub = await StacksStub.StartAsync(new StubAnswer(200, "<html>maintenance</html>"));
        using var client = stub.Client();

        var error = await EveryCall.ErrorOfAsync(client, endpoint);

        Assert.Equal(HasAnswer(endpoint), error is { IsTransient: true });
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task CancellationIsCancellation(StacksEndpoint endpoint)
    {
        using var cancel = new CancellationTokenSource();
        await using var stub = await StacksStub.StartAsync(_ =>
        {
            cancel.Cancel();
            return new StubAnswer(200, Fault: StubFault.Hang);
        });
        using var client = stub.Client();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EveryCall.ErrorOfAsync(client, endpoint, cancel.Token));
    }

    private static void AssertTransient(StacksEndpoint endpoint, HttpStatusCode? status, StacksApiException? error)
    {
        Assert.NotNull(error);
        Assert.Equal((endpoint, true, status), (error.Endpoint, error.IsTransient, error.StatusCode));
    }
}
