using System.Net;

namespace Scheduler.Core.Proxies;

/// <summary>One proxy for every call, whatever <c>NO_PROXY</c> says: what a kubeconfig's <c>proxy-url</c> means.</summary>
public sealed class SingleProxy(ProxyServer server) : IWebProxy
{
    ICredentials? IWebProxy.Credentials
    {
        get => server;
        set => throw new NotSupportedException("the credentials of a proxy stand in its URL");
    }

    public Uri? GetProxy(Uri destination) => server.Address;

    public bool IsBypassed(Uri host) => false;
}
