using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Scheduler.Management.Serving;

/// <summary>
/// One Kestrel on one port, with the lifetime of the host it belongs to. How much a client can ask of it is bounded: connections,
/// sizes and times.
/// </summary>
internal abstract class HttpServer(string name, ManagementOptions options, int port, ILoggerFactory logging) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private WebApplication? _application;

    /// <summary>What it was told at start.</summary>
    protected ManagementOptions Options => options;

    /// <summary>Where it listens; null while it does not.</summary>
    public Uri? Address => _application?.Urls.Select(url => new Uri(url)).FirstOrDefault();

    /// <summary>All that is mapped; empty before the start.</summary>
    public IReadOnlyList<Endpoint> Endpoints => _application is IEndpointRouteBuilder routes ? [.. routes.DataSources.SelectMany(source => source.Endpoints)] : [];

    /// <exception cref="IOException">The port is taken, or the address is not this machine's; the message says which key to change.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logging);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopTimeout);
        _application = builder.Build();
        Map(_application);
        try
        {
            await _application.StartAsync(cancellationToken);
        }
        catch (IOException error)
        {
            throw new IOException($"{name} cannot listen on port {port}: {error.Message} Set {name}-port to a free port, or to 0 for none.", error);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _application?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _application?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Adds what is served.</summary>
    protected abstract void Map(WebApplication application);

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        kestrel.Limits.MaxRequestBufferSize = 128 * 1024;
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 50;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);

        // Beyond that there is not even time to say so.
        kestrel.Limits.MaxConcurrentConnections = 4L * Options.MostConnections;
        if (Options.Host.Length == 0)
        {
            kestrel.ListenAnyIP(port, Bound);
        }
        else if (IPAddress.TryParse(Options.Host, out var address))
        {
            kestrel.Listen(address, port, Bound);
        }
        else
        {
            kestrel.ListenLocalhost(port, Bound);
        }
    }

    private void Bound(ListenOptions listen)
    {
        var cap = new ConnectionCap(Options.MostConnections, Options.MostConnectionsOfAnAddress);
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection => cap.ServeAsync(connection, next));
    }
}
