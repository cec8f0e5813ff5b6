using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Scheduler.Management.Serving;

namespace Scheduler.Management.Tests.Support;

/// <summary>A running server, and a client to it.</summary>
internal sealed class ServedNode(HttpServer server) : IAsyncDisposable
{
    public HttpClient Http { get; } = new(new SocketsHttpHandler()) { BaseAddress = server.Address, Timeout = TestNode.Patience };

    /// <summary>Each as method and path, catch-alls written as plain parameters.</summary>
    public IEnumerable<string> Routes =>
        from endpoint in server.Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
        select $"{method} {endpoint.RoutePattern.RawText!.Replace("**", "", StringComparison.Ordinal)}";

    public Uri Address => server.Address!;

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var response = await Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> JsonAsync(string path, string? token = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var (status, body) = await GetAsync(path, token);
        Assert.Equal(expected, status);
        return JsonDocument.Parse(body).RootElement;
    }

    public async Task<(HttpStatusCode Status, string Message)> SendAsync(HttpMethod method, string path, HttpContent? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, JsonDocument.Parse(text).RootElement.GetProperty("message").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await server.StopAsync(CancellationToken.None);
        await server.DisposeAsync();
    }
}
