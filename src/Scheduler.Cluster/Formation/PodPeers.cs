using System.Collections.Immutable;

namespace Scheduler.Cluster.Formation;

/// <summary>Peers discovered as pods that have an address and have not been told to end. All listen on one port.</summary>
public sealed class PodPeers(IPodSource pods, int port) : IPeerDirectory
{
    public async Task<ImmutableArray<Peer>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await pods.ListAsync(cancellationToken))
            .Where(pod => pod is { IsStranger: false, IsLeaving: false, HasEnded: false, Ip: not null })
            .Select(pod => new Peer(pod.Ip!, port)),
    ];
}
