using System.Net;
using Scheduler.Core.Proxies;

namespace Scheduler.Kubernetes.Connection;

/// <summary>Names the proxy where a call through it gets no answer from the API server.</summary>
/// <param name="proxy">Null = <see cref="HttpClient.DefaultProxy"/>.</param>
internal sealed class ProxiedCalls(IWebProxy? proxy) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var through = (proxy ?? HttpClient.DefaultProxy).Through(request.RequestUri);
        if (through.Length == 0)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.ProxyAuthenticationRequired)
            {
                return response;
            }

            response.Dispose();
            throw new HttpRequestException(HttpRequestError.ProxyTunnelError, "the proxy does not accept user and password, or wants some (407)");
        }
        catch (HttpRequestException error)
        {
            throw new HttpRequestException(error.HttpRequestError, $"{error.Message} (call{through})", error, error.StatusCode);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            // Connecting has a time-out of its own.
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"no connection{through} in time", error);
        }
    }
}
