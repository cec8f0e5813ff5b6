using Microsoft.Extensions.Time.Testing;
using Scheduler.Sandbox.Buildkite;

namespace Scheduler.Sandbox.Tests.Buildkite;

/// <summary>A server under a clock that stands still unless moved, and a client with the stack <c>test</c> registered.</summary>
internal sealed class ServerFixture : IAsyncDisposable
{
    private ServerFixture(BuildkiteServer server, FakeTimeProvider clock)
    {
        (Server, Clock) = (server, clock);
        Client = new BuildkiteClient(server);
    }

    public BuildkiteServer Server { get; }

    public FakeTimeProvider Clock { get; }

    public BuildkiteClient Client { get; }

    public static async Task<ServerFixture> StartAsync(Func<BuildkiteServerOptions, BuildkiteServerOptions>? change = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 8, 6, 9, 15, 0, 120, TimeSpan.Zero));
        var options = new BuildkiteServerOptions { Time = clock, RateLimits = false };
        var server = await BuildkiteServer.StartAsync(change?.Invoke(options) ?? options, CancellationToken.None);
        var fixture = new ServerFixture(server, clock);
        await fixture.Client.RegisterAsync();
        return fixture;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
