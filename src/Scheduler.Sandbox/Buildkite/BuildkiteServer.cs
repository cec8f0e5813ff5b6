using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Sandbox.Buildkite.Faults;
using Scheduler.Sandbox.Buildkite.Http;
using Scheduler.Sandbox.Buildkite.Model;
using Scheduler.Sandbox.Buildkite.Observation;

namespace Scheduler.Sandbox.Buildkite;

/// <summary>
/// A Buildkite of its own on a local port: the Stacks API and the part of the agent API that a pod's agent uses, with commands to
/// play the users' part and an observer for assertions. Everything is kept in memory.
/// </summary>
public sealed partial class BuildkiteServer : IAsyncDisposable
{
    private readonly BuildkiteStore _store;
    private readonly BuildkiteServerOptions _options;
    private readonly WebApplication _app;
    private int _lastBuild;

    private BuildkiteServer(BuildkiteServerOptions options)
    {
        _options = options;
        var memory = options.ListLag > options.StatesLag ? options.ListLag : options.StatesLag;
        _store = new BuildkiteStore(Initial(options), options.Time, memory);
        var counts = new CallCounts();
        Observer = new BuildkiteObserver(_store, counts);
        var dispatcher = new Dispatcher(_store, options, Faults, counts);
        _app = BuildkiteApp.Build(options, dispatcher, new StackCalls(_store, options), new AgentCalls(_store, options));
    }

    /// <summary>Base address of the API, ending in <c>/v3</c>.</summary>
    public Uri Endpoint { get; private set; } = new("http://localhost/v3");

    /// <summary>The agent token to show.</summary>
    public string Token => _options.Token;

    public BuildkiteFaults Faults { get; } = new();

    public BuildkiteObserver Observer { get; }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<BuildkiteServer> StartAsync(BuildkiteServerOptions options, CancellationToken ct)
    {
        var server = new BuildkiteServer(options);
        try
        {
            await server._app.StartAsync(ct);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        server.Endpoint = new Uri(addresses!.Addresses.First() + "/v3");
        return server;
    }

    /// <summary>Stops listening; calls under way are given a second.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _store.Dispose();
    }

    private static BuildkiteState Initial(BuildkiteServerOptions options)
    {
        var empty = new BuildkiteState
        {
            Rules = options.Rules,
            DefaultQueue = options.DefaultQueue,
            MaxStacks = options.MaxStacks,
        };
        return options.Queues.Aggregate(empty.WithQueue(""), (state, queue) => state.WithQueue(queue));
    }
}
