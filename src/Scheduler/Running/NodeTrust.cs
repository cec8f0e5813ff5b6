using k8s;
using Microsoft.Extensions.Logging;
using Scheduler.Cluster.Formation;
using Scheduler.Cluster.Hosting;
using Scheduler.Cluster.Trust;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Running;

/// <summary>From the configuration to what the nodes prove themselves with.</summary>
internal static class NodeTrust
{
    /// <summary>Null = without TLS.</summary>
    public static ICertificateSource? Source(ControllerOptions options, NodeAddress address, IKubernetes client, TimeProvider time) => options.NodeTls() switch
    {
        NodeTls.Files => new FileCertificates(
            options.ClusterTlsCertFile, options.ClusterTlsKeyFile, options.ClusterTlsCaFile, new PeerNames([.. FileNames(options)]), time),
        NodeTls.Secret => new SecretCertificates(
            client,
            new SecretPlace(options.SchedulerNamespace, SecretName(options), address.PublicHost, options.LeaseOperationTimeout),
            new PeerNames([.. SecretNames(options)]),
            time),
        _ => null,
    };

    /// <summary>Null = without TLS. What Kubernetes may still bring is waited for.</summary>
    /// <exception cref="StartUpException">A file cannot be used.</exception>
    public static async Task<NodeCertificate?> CertificateAsync(
        ControllerOptions options, NodeAddress address, IKubernetes client, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Source(options, address, client, time) is not { } source)
        {
            return null;
        }

        try
        {
            return source is FileCertificates
                ? await source.LoadAsync(cancellationToken)
                : await BackOff.UntilDoneAsync("getting a certificate for TLS between nodes", source.LoadAsync, logger, time, cancellationToken);
        }
        catch (InvalidOperationException error)
        {
            throw new StartUpException($"{error.Message}; see cluster-tls-cert-file, cluster-tls-key-file, cluster-tls-ca-file and cluster-tls-name", error);
        }
    }

    /// <summary>The Secret with the nodes' own authority.</summary>
    public static string SecretName(ControllerOptions options) =>
        options.ClusterTlsSecret.Length > 0 ? options.ClusterTlsSecret : $"{ClusterWiring.Prefix(options)}-remoting-tls";

    /// <summary>An authority that signs for others too needs names to tell nodes by: their hosts, if no others are given.</summary>
    private static IEnumerable<string> FileNames(ControllerOptions options) => Split(options.ClusterTlsName) is { Length: > 0 } configured
        ? configured
        : SeedPeers.Parse(options.ClusterSeeds).Select(peer => peer.Host).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The nodes' own authority signs nothing but nodes, all under one name if no others are given.</summary>
    private static string[] SecretNames(ControllerOptions options) => Split(options.ClusterTlsName) is { Length: > 0 } configured
        ? configured
        : [$"{SecretName(options)}.{options.SchedulerNamespace}"];

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
