using System.Text.Json.Nodes;
using Scheduler.Core.Proxies;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Configuration.Yaml;

namespace Scheduler.Kubernetes.Connection;

/// <summary>
/// The <c>proxy-url</c> of a kubeconfig's cluster, which KubernetesClient does not read. It counts in place of the environment's proxies
/// and of <c>NO_PROXY</c>, as for kubectl.
/// </summary>
internal static class KubeconfigProxy
{
    /// <summary>Looks in files that KubernetesClient has read already; of several, the first that describes a context or cluster counts.</summary>
    /// <param name="source">What messages call the files.</param>
    /// <param name="files">Paths.</param>
    /// <param name="context">The context in use.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="InvalidOperationException">It is no proxy's URL. The message does not hold user or password.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static SingleProxy? Find(string source, IEnumerable<string> files, string? context)
    {
        var configurations = files.Select(Read).OfType<JsonObject>().ToArray();
        var cluster = Text(Named(configurations, "contexts", context)?["context"], "cluster");
        if (Text(Named(configurations, "clusters", cluster)?["cluster"], "proxy-url") is not { Length: > 0 } url)
        {
            return null;
        }

        return ProxyServer.TryParse(url, out var server, out var problem)
            ? new SingleProxy(server)
            : throw new InvalidOperationException(
                $"{source}: proxy-url {FragmentText.Quote(ProxyServer.WithoutCredentials(url))} of cluster {FragmentText.Quote(cluster!)} is no proxy's URL: {problem}; "
                + "write it as http://host:port, https://host:port or socks5://host:port, or take it out");
    }

    private static JsonNode? Read(string file) => YamlText.TryRead(File.ReadAllText(file), out var root, out _) ? root : null;

    /// <summary>Names are compared as KubernetesClient does.</summary>
    private static JsonObject? Named(IEnumerable<JsonObject> configurations, string list, string? name) => configurations
        .SelectMany(configuration => configuration[list] as JsonArray ?? [])
        .OfType<JsonObject>()
        .FirstOrDefault(entry => name is not null && string.Equals(Text(entry, "name"), name, StringComparison.OrdinalIgnoreCase));

    private static string? Text(JsonNode? node, string key) =>
        node is JsonObject entry && entry[key] is JsonValue value ? value.ToString() : null;
}
