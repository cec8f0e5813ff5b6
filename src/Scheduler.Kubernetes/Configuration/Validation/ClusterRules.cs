using Scheduler.Core.Text;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>What nodes need to find and to trust each other.</summary>
internal static class ClusterRules
{
    public static void Check(ControllerOptions options, ConfigurationUse use, ConfigurationDraft draft)
    {
        foreach (var seed in options.ClusterSeeds.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!HostAndPort.TryParse(seed, out var read) || read.Host.Length == 0)
            {
                Refuse("cluster-seeds", seed, "is not host:port", "write host names or addresses with ports, joined by commas, IPv6 in brackets: a.scheduler:4053,[fd00::1]:4053");
            }
        }

        if (options.ClusterNamespace.Length > 0 && !NameSyntax.DnsLabel().IsMatch(options.ClusterNamespace))
        {
            Refuse("cluster-namespace", options.ClusterNamespace, "is not valid", "use a namespace's name, or remove the key");
        }

        // Each node has its own, which the chart gives it as a variable: a file that is only looked at does not have it.
        if (use == ConfigurationUse.Node && options.LacksHost())
        {
            draft.Refuse(
                "cluster-host",
                null,
                "cluster-host is required with cluster-seeds or cluster-pod-selector",
                "set it to this node's name as it stands in cluster-seeds, or to the pod's address");
        }

        NodeTlsRules.Check(options, draft);

        void Refuse(string key, string value, string problem, string remedy)
        {
            var shown = FragmentText.Quote(value);
            draft.Refuse(key, shown, $"{key} {shown} {problem}", remedy);
        }
    }
}
