using k8s;
using k8s.Exceptions;
using Scheduler.Core.Proxies;

namespace Scheduler.Kubernetes.Connection;

/// <summary>Finds out which API server is meant: a named file, <c>KUBECONFIG</c>, the pod's service account, <c>~/.kube/config</c>.</summary>
internal static class ConnectionSource
{
    private const string Remedy = "set KUBECONFIG, run in a pod with a service account, or provide ~/.kube/config";

    /// <returns>The API server, and its own proxy if it has one.</returns>
    /// <exception cref="InvalidOperationException">There is no usable configuration; the message says where it was looked for.</exception>
    public static (KubernetesClientConfiguration Configuration, SingleProxy? Proxy) Find(string? kubeconfig)
    {
        var environment = Environment.GetEnvironmentVariable("KUBECONFIG");
        if (!string.IsNullOrEmpty(kubeconfig))
        {
            return Load($"kubeconfig {kubeconfig}", [kubeconfig], () => KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
        }

        if (!string.IsNullOrEmpty(environment))
        {
            return Load($"KUBECONFIG={environment}", environment.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), KubernetesClientConfiguration.BuildDefaultConfig);
        }

        if (KubernetesClientConfiguration.IsInCluster())
        {
            // Its token provider reads the projected token again every minute, so a rotated token is taken up.
            return Load("the pod's service account", [], KubernetesClientConfiguration.InClusterConfig);
        }

        var home = KubernetesClientConfiguration.KubeConfigDefaultLocation;
        return File.Exists(home)
            ? Load($"kubeconfig {home}", [home], () => KubernetesClientConfiguration.BuildConfigFromConfigFile(home))
            : throw new InvalidOperationException(
                $"no Kubernetes configuration: KUBECONFIG is not set, this is no pod with a service account, and {home} does not exist; {Remedy}");
    }

    private static (KubernetesClientConfiguration Configuration, SingleProxy? Proxy) Load(
        string source, string[] files, Func<KubernetesClientConfiguration> load)
    {
        try
        {
            var found = load();
            return Uri.TryCreate(found.Host, UriKind.Absolute, out _)
                ? (found, KubeconfigProxy.Find(source, files.Where(File.Exists), found.CurrentContext))
                : throw new InvalidOperationException($"{source}: '{found.Host}' is no address of an API server; {Remedy}");
        }
        catch (Exception error) when (error is KubeConfigException or IOException or UnauthorizedAccessException or FormatException
            or YamlDotNet.Core.YamlException or System.Security.Cryptography.CryptographicException)
        {
            throw new InvalidOperationException($"{source}: no usable Kubernetes configuration: {error.Message}; {Remedy}", error);
        }
    }
}
