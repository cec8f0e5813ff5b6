using k8s;

namespace Scheduler.Kubernetes.Connection;

/// <summary>Makes the client for the API server this scheduler works on.</summary>
public static class KubernetesConnection
{
    /// <summary>Connects lazily: nothing is sent yet.</summary>
    /// <param name="kubeconfig">Path of a kubeconfig; null = <c>KUBECONFIG</c>, else the pod's service account, else <c>~/.kube/config</c>.</param>
    /// <exception cref="InvalidOperationException">There is no usable configuration; the message says where it was looked for.</exception>
    public static k8s.Kubernetes Connect(string? kubeconfig) => Connect(ConnectionSource.Find(kubeconfig));

    /// <summary>Connects lazily to a known API server.</summary>
    public static k8s.Kubernetes Connect(KubernetesClientConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);

        // Longer than any call here waits by itself; watches end by their own time-out.
        configuration.HttpClientTimeout = Timeout.InfiniteTimeSpan;
        configuration.FirstMessageHandlerSetup = handler => SetUp(handler, configuration.TlsServerName);
        return new k8s.Kubernetes(configuration);
    }

    private static void SetUp(SocketsHttpHandler handler, string? serverName)
    {
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
}
