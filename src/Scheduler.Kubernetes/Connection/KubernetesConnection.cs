using System.Net;
using k8s;
using Scheduler.Core.Proxies;

namespace Scheduler.Kubernetes.Connection;

/// <summary>Makes the client for the API server this scheduler works on.</summary>
public static class KubernetesConnection
{
    /// <summary>Connects lazily: nothing is sent yet.</summary>
    /// <param name="kubeconfig">Path of a kubeconfig; null = <c>KUBECONFIG</c>, else the pod's service account, else <c>~/.kube/config</c>.</param>
    /// <exception cref="InvalidOperationException">There is no usable configuration; the message says where it was looked for.</exception>
    public static k8s.Kubernetes Connect(string? kubeconfig)
    {
        var (configuration, proxy) = ConnectionSource.Find(kubeconfig);
        return Connect(configuration, proxy);
    }

    /// <summary>Connects lazily to a known API server.</summary>
    /// <param name="configuration">Address and credentials.</param>
    /// <param name="proxy">Null = <see cref="HttpClient.DefaultProxy"/>.</param>
    public static k8s.Kubernetes Connect(KubernetesClientConfiguration configuration, IWebProxy? proxy = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);

        // Longer than any call here waits by itself; watches end by their own time-out.
        configuration.HttpClientTimeout = Timeout.InfiniteTimeSpan;
        configuration.FirstMessageHandlerSetup = handler => SetUp(handler, configuration.TlsServerName, proxy);
        return new ProxiedKubernetes(configuration, proxy);
    }

    /// <summary>By which way the API server is called, such as <c>" through the proxy http://proxy:3128"</c>; empty when directly.</summary>
    /// <param name="client">One made here.</param>
    public static string Through(IKubernetes client) => client is ProxiedKubernetes known ? known.Through : "";

    private static void SetUp(SocketsHttpHandler handler, string? serverName, IWebProxy? proxy)
    {
        handler.Proxy = proxy;
        handler.ConnectTimeout = TimeSpan.FromSeconds(5);
        handler.ConnectCallback = DeadPeerDetection.ConnectAsync;

        // A frozen server still acknowledges at TCP level, but answers no HTTP/2 ping.
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        handler.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
        handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(5);
        handler.EnableMultipleHttp2Connections = true;

        // Behind a load balancer, requests move to API servers that came up later.
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(15);
        if (!string.IsNullOrEmpty(serverName))
        {
            handler.SslOptions.TargetHost = serverName;
        }
    }

    private sealed class ProxiedKubernetes(KubernetesClientConfiguration configuration, IWebProxy? proxy)
        : k8s.Kubernetes(configuration, new ProxiedCalls(proxy))
    {
        public string Through => (proxy ?? HttpClient.DefaultProxy).Through(BaseUri);
    }
}
