using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>How nodes prove to each other who they are: by all that is needed for it, or openly not at all.</summary>
internal static class NodeTlsRules
{
    private const int LongestName = 253;

    public static void Check(ControllerOptions options, ConfigurationDraft draft)
    {
        Files(options, draft);
        Names(options, draft);
        if (options.ClusterTls == NodeTlsOptions.None && options.MayHavePeers())
        {
            draft.Warn(
                "cluster-tls",
                NodeTlsOptions.None,
                "cluster-tls is none: whoever reaches the port of a node can join the cluster and start any number of jobs",
                "remove the key, or let nobody but the nodes reach that port");
        }
    }

    private static void Files(ControllerOptions options, ConfigurationDraft draft)
    {
        var files = new[]
        {
            ("cluster-tls-cert-file", options.ClusterTlsCertFile),
            ("cluster-tls-key-file", options.ClusterTlsKeyFile),
            ("cluster-tls-ca-file", options.ClusterTlsCaFile),
        };
        if (files.All(file => file.Item2.Length == 0))
        {
            return;
        }

        if (options.ClusterTls == NodeTlsOptions.None)
        {
            draft.Refuse("cluster-tls", NodeTlsOptions.None, "cluster-tls is none, but files for it are named", "remove cluster-tls, or the keys cluster-tls-…-file");
        }

        foreach (var (key, _) in files.Where(file => file.Item2.Length == 0))
        {
            draft.Refuse(key, null, $"{key} is required when TLS between nodes is configured", "set all three cluster-tls-…-file keys, or none");
        }

        if (options is { ClusterTlsName.Length: 0, ClusterSeeds.Length: 0 } && options.NodeTls() == NodeTls.Files)
        {
            draft.Refuse(
                "cluster-tls-name",
                null,
                "cluster-tls-name is required with cluster-tls-cert-file where there are no cluster-seeds",
                "set it to the name that all nodes' certificates carry, such as *.nodes.example");
        }
    }

    private static void Names(ControllerOptions options, ConfigurationDraft draft)
    {
        foreach (var name in options.ClusterTlsName.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (name.Length > LongestName || !NameSyntax.PeerName().IsMatch(name))
            {
                Refuse("cluster-tls-name", name, "write host names, IPv4 addresses or *. and a domain, joined by commas: *.nodes.example");
            }
        }

        if (options.ClusterTlsSecret is { Length: > 0 } secret && (secret.Length > LongestName || !NameSyntax.DnsSubdomain().IsMatch(secret)))
        {
            Refuse("cluster-tls-secret", secret, "use a Secret's name, or remove the key");
        }

        void Refuse(string key, string value, string remedy)
        {
            var shown = FragmentText.Quote(value);
            draft.Refuse(key, shown, $"{key} {shown} is not valid", remedy);
        }
    }
}
