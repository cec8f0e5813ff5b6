using Microsoft.Extensions.Logging;

namespace Scheduler.Buildkite.Tests.Stub;

/// <summary>Clients for a stub.</summary>
internal static class StubClients
{
    public const string Token = "bkct_sesame-open-thou";

    public static StacksClientOptions OptionsFor(StacksStub stub) => new()
    {
        Endpoint = stub.Endpoint,
        Token = Token,
        UserAgentVersion = "v9.8.7",
        RetryDelay = TimeSpan.Zero,
    };

    public static StacksClient Client(
        this StacksStub stub,
        Func<StacksClientOptions, StacksClientOptions>? change = null,
        TimeProvider? time = null,
        ILogger<StacksClient>? logger = null) =>
        StacksClient.Create((change ?? (options => options))(OptionsFor(stub)), time, logger);

    /// <summary>The calls of a stack that serves the queue <c>linux</c>.</summary>
    public static IStack Stack(this StacksClient client, string queue = "linux", string key = "my-stack") =>
        client.Open(new StackRegistration(key, queue, queue));
}
