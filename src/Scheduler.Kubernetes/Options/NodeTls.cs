using System.Net;

namespace Scheduler.Kubernetes.Options;

/// <summary>How nodes prove to each other who they are.</summary>
public enum NodeTls
{
    /// <summary>Not at all: nobody else can reach the node, or the operator has said so.</summary>
    None,

    /// <summary>By a certificate from files that somebody else renews, such as cert-manager.</summary>
    Files,

    /// <summary>By certificates of an authority that the nodes make themselves and keep in a Secret.</summary>
    Secret,
}

/// <summary>What the configuration means for TLS between nodes; the only place where its keys are put together.</summary>
public static class NodeTlsOptions
{
    /// <summary>The value of <c>cluster-tls</c> that gives TLS up.</summary>
    public const string None = "none";

    public static NodeTls NodeTls(this ControllerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.ClusterTls == None || !options.MayHavePeers() ? Options.NodeTls.None
            : options.ClusterTlsCertFile.Length > 0 ? Options.NodeTls.Files
            : Options.NodeTls.Secret;
    }

    /// <summary>Others are looked for, or may come: the port is open to more than this machine.</summary>
    public static bool MayHavePeers(this ControllerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.ClusterSeeds.Length > 0 || options.ClusterPodSelector.Length > 0 || !IsLocal(options.ClusterBindHost);
    }

    private static bool IsLocal(string bindHost) =>
        bindHost.Length == 0
        || bindHost.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(bindHost, out var address) && IPAddress.IsLoopback(address));
}
