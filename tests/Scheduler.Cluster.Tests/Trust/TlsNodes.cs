using k8s;
using Scheduler.Cluster.Coordination;
using Scheduler.Cluster.Formation;
using Scheduler.Cluster.Hosting;
using Scheduler.Cluster.Tests.Formation;
using Scheduler.Cluster.Trust;
using Scheduler.Kubernetes.Leases;
using Scheduler.Testing.Networking;

namespace Scheduler.Cluster.Tests.Trust;

/// <summary>Nodes on the loopback that talk TLS and need no Kubernetes: the first is a cluster of its own, the others wait to be asked.</summary>
internal sealed class TlsNodes : IAsyncDisposable
{
    private readonly k8s.Kubernetes _nowhere = new(new KubernetesClientConfiguration { Host = "http://127.0.0.1:1" });
    private readonly List<TestNode> _nodes = [];

    /// <param name="certificate">Null = without TLS.</param>
    /// <param name="renewal">Null = it lives with that.</param>
    public async Task<TestNode> StartAsync(NodeCertificate? certificate, RenewalParts? renewal = null)
    {
        var parts = new ClusterParts
        {
            Leases = new KubernetesLeaseSetup(_nowhere, "default", "test", TimeProvider.System),
            Timing = new LeaseOptions { Namespace = "default", Name = "none", HolderName = "test" },
            Founding = _nodes.Count == 0 ? null : Nobody(),
            Renewal = renewal,
        };
        var node = await TestNode.StartAsync(new NodeAddress { Port = FreePorts.Take(1)[0], Certificate = certificate }, parts);
        _nodes.Add(node);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        _nowhere.Dispose();
    }

    /// <summary>Never forms a cluster by itself: there is no Kubernetes to ask.</summary>
    private FounderParts Nobody() => new(
        new SeedPeers([]),
        new KubernetesLeaseHolder(new LeaseOptions { Namespace = "default", Name = "founder", HolderName = "test" }, _nowhere, TimeProvider.System),
        new FormationSettings());
}
