using System.Collections.Immutable;

namespace Scheduler.Cluster.Formation;

/// <summary>Who may be in the cluster; this node may be among them.</summary>
public interface IPeerDirectory
{
    /// <summary>All there are now, in no order. Some may not run.</summary>
    /// <exception cref="HttpRequestException">It cannot be told.</exception>
    Task<ImmutableArray<Peer>> ListAsync(CancellationToken cancellationToken);
}
