using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scheduler.Sandbox.Kubernetes.Discovery;
using Scheduler.Sandbox.Kubernetes.Faults;
using Scheduler.Sandbox.Kubernetes.Observation;
using Scheduler.Sandbox.Kubernetes.Serving;

namespace Scheduler.Sandbox.Kubernetes;

/// <summary>
/// A Kubernetes API server that lives in this process and is reached over HTTP like any other: enough of one that kubectl
/// and client libraries cannot tell, for the kinds a scheduler of Jobs deals with.
/// </summary>
public sealed partial class KubernetesServer : IAsyncDisposable
{
    private readonly ControlPlane _plane;
    private readonly WebApplication _app;
    private readonly ServerCertificate? _certificate;
    private readonly string? _bearerToken;
    private readonly Func<DateTimeOffset> _now;

    private KubernetesServer(ControlPlane plane, WebApplication app, ServerCertificate? certificate, KubernetesServerOptions options)
    {
        _plane = plane;
        _app = app;
        _certificate = certificate;
        _bearerToken = options.BearerToken;
        _now = options.Time.GetUtcNow;
        Endpoint = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where it listens; always on 127.0.0.1.</summary>
    public Uri Endpoint { get; }

    /// <summary>Counts Jobs at every committed change.</summary>
    public JobObserver Observer => _plane.Observer;

    /// <summary>Makes the server misbehave.</summary>
    public KubernetesFaults Faults => _plane.Faults;

    /// <summary>Starts a server; it serves requests when the task completes.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<KubernetesServer> StartAsync(KubernetesServerOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        var certificate = options.UseTls ? ServerCertificate.Create(options.Address, options.Time) : null;
        var plane = new ControlPlane(options);
        var app = Build(options, plane, certificate);
        try
        {
            await plane.StartAsync(ct);
            await app.StartAsync(ct);
        }
        catch
        {
            await app.DisposeAsync();
            await plane.DisposeAsync();
            certificate?.Dispose();
            throw;
        }

        return new KubernetesServer(plane, app, certificate, options);
    }

    /// <summary>How many requests have come in so far.</summary>
    /// <param name="verb">get, list, watch, create, update, patch, delete or deletecollection.</param>
    /// <param name="resource">The plural, such as <c>jobs</c>, or with the subresource, such as <c>pods/status</c>.</param>
    public long RequestsOf(string verb, string resource) => _plane.Counter.Of(verb, resource);

    /// <summary>Ends all watches and connections, then the controllers.</summary>
    public async ValueTask DisposeAsync()
    {
        await _plane.StopAsync();
        await _app.DisposeAsync();
        _certificate?.Dispose();
        await _plane.DisposeAsync();
    }

    private static WebApplication Build(KubernetesServerOptions options, ControlPlane plane, ServerCertificate? certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Watches are slow on purpose.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(options.Address, options.Port, listen => Secure(listen, certificate));
        });
        var app = builder.Build();
        var authentication = new Authentication(options.BearerToken);
        app.Use(next => context => authentication.InvokeAsync(context, next));
        app.UseRouting();
        DiscoveryRoutes.Map(app);
        ApiRoutes.Map(app, plane.Pipeline, new AccessReviews(plane.Faults));
        return app;
    }

    private static void Secure(ListenOptions listen, ServerCertificate? certificate)
    {
        if (certificate is not null)
        {
            listen.UseHttps(certificate.Certificate);
        }
    }
}
