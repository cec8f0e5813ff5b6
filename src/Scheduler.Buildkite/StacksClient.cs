using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Buildkite.Transport;
using Scheduler.Buildkite.Wire;

namespace Scheduler.Buildkite;

/// <summary>
/// The Stacks API over HTTP. Made by <see cref="StacksServiceCollectionExtensions"/>, or by <see cref="Create"/> where there is no
/// container.
/// </summary>
public sealed class StacksClient : IStacksApi, IDisposable
{
    private readonly HttpClient _http;
    private readonly StacksTransport _transport;
    private readonly StacksUris _uris;
    private readonly ILogger _logger;

    /// <param name="http">Disposed with this client. Its own time-out must be infinite, attempts are timed here.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="time">The clock for waits and time-outs.</param>
    /// <param name="logger">For retries (information) and traffic (debug).</param>
    /// <exception cref="ArgumentException">The options cannot be used; the message names all reasons.</exception>
    internal StacksClient(HttpClient http, StacksClientOptions options, TimeProvider time, ILogger<StacksClient> logger)
    {
        var problems = options.Problems().ToArray();
        if (problems.Length > 0)
        {
            throw new ArgumentException(string.Join("; ", problems), nameof(options));
        }

        _http = http;
        _logger = logger;
        _transport = new StacksTransport(http, options, time, logger);
        _uris = new StacksUris(options.Endpoint);
    }

    /// <summary>A client that owns its connections.</summary>
    /// <exception cref="ArgumentException">The options cannot be used; the message names all reasons.</exception>
    public static StacksClient Create(StacksClientOptions options, TimeProvider? time = null, ILogger<StacksClient>? logger = null)
    {
        var http = new HttpClient(CreateHandler(options.Proxy)) { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            Configure(http);
            return new StacksClient(http, options, time ?? TimeProvider.System, logger ?? NullLogger<StacksClient>.Instance);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    public async Task<TokenIdentity> GetTokenAsync(CancellationToken cancellationToken)
    {
        var call = new StacksCall(StacksEndpoint.Token, HttpMethod.Get, _uris.Token);
        return (await _transport.SendAsync(call, StacksJson.Shared.TokenIdentity, flaw: null, cancellationToken)).Value;
    }

    public async Task<IStack> RegisterAsync(StackRegistrationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var body = new RegisterBody(request.Key, request.Type, request.QueueKey, request.Metadata);
        var json = JsonSerializer.SerializeToUtf8Bytes(body, StacksJson.Shared.RegisterBody);
        var call = new StacksCall(StacksEndpoint.Register, HttpMethod.Post, _uris.Register, json);
        var reply = (await _transport.SendAsync(call, StacksJson.Shared.RegisterReply, flaw: null, cancellationToken)).Value;
        return Open(new StackRegistration(
            OrElse(reply.Key, request.Key), request.QueueKey, OrElse(reply.ClusterQueueKey, request.QueueKey))
        {
            Id = reply.Id ?? "",
            OrganizationUuid = reply.OrganizationUuid ?? "",
            Type = OrElse(reply.Type, request.Type),
            State = reply.State ?? "",
            Metadata = reply.Metadata?.ToImmutableDictionary(entry => entry.Key, entry => entry.Value ?? "") ?? request.Metadata,
        });
    }

    public IStack Open(StackRegistration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        return new Stack(registration, _transport, _uris, _logger);
    }

    public void Dispose()
    {
        _transport.Dispose();
        _http.Dispose();
    }

    internal static SocketsHttpHandler CreateHandler(IWebProxy? proxy) => new()
    {
        Proxy = proxy,
        AutomaticDecompression = DecompressionMethods.GZip,
        // .NET would follow a redirect without the token and end in a misleading 401.
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        // Long-lived connections must notice when the service's addresses change.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
    };

    internal static void Configure(HttpClient http)
    {
        http.Timeout = Timeout.InfiniteTimeSpan;
        http.DefaultRequestVersion = HttpVersion.Version20;
        http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
    }

    private static string OrElse(string? text, string otherwise) => string.IsNullOrEmpty(text) ? otherwise : text;
}
