using k8s;
using k8s.Exceptions;

namespace Scheduler.Kubernetes.Connection;

/// <summary>Makes the client for the API server this scheduler works on.</summary>
public static class KubernetesConnection
{
    /// <summary>Connects lazily: nothing is sent yet.</summary>
    /// <param name="kubeconfig">Path of a kubeconfig; null = <c>KUBECONFIG</c>, else the pod's service account, else <c>~/.kube/config</c>.</param>
    /// <exception cref="InvalidOperationException">There is no usable configuration; the message says where it was looked for.</exception>
    public static k8s.Kubernetes Connect(string? kubeconfig)
    {
        KubernetesClientConfiguration configuration;
        try
        {
            configuration = kubeconfig is null
                ? KubernetesClientConfiguration.BuildDefaultConfig()
                : KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig);
        }
        catch (Exception error) when (error is KubeConfigException or IOException or UnauthorizedAccessException or YamlDotNet.Core.YamlException)
        {
            throw new InvalidOperationException(
                $"no usable Kubernetes configuration: {error.Message}; set KUBECONFIG, run in a pod with a service account, or provide ~/.kube/config",
                error);
        }

        // Longer than any call here waits by itself; watches end by their own time-out.
        configuration.HttpClientTimeout = Timeout.InfiniteTimeSpan;
        configuration.FirstMessageHandlerSetup = handler =>
        {
            if (handler is SocketsHttpHandler sockets)
            {
                // A connection whose peer vanished is noticed by its missing pings, not by the next time-out.
                sockets.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
                sockets.KeepAlivePingTimeout = TimeSpan.FromSeconds(5);
                sockets.EnableMultipleHttp2Connections = true;
                sockets.ConnectTimeout = TimeSpan.FromSeconds(5);
            }
        };
        return new k8s.Kubernetes(configuration, new CreateTimeoutHandler());
    }
}
