using System.Net;

namespace Scheduler.Core.Proxies;

/// <summary>How messages name the proxy of a call.</summary>
public static class ProxyWords
{
    /// <summary>Such as <c>" through the proxy http://proxy:3128"</c>; empty when the server is called without one. Never holds credentials.</summary>
    public static string Through(this IWebProxy? proxy, Uri? server) =>
        server is not null && proxy is not null && !proxy.IsBypassed(server) && proxy.GetProxy(server) is { } address && address != server
            ? $" through the proxy {address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}"
            : "";
}
