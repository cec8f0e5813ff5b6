using System.Collections.Immutable;
using Akka.Actor;

namespace Scheduler.Cluster.Formation;

/// <summary>
/// Whom to ask for admission. Akka's rule: only the first of the list may form a new cluster, and only after none of the
/// others has answered that it is in one. Whoever stands first in its own list must hold the founder's lease, so that no two
/// nodes form a cluster each.
/// </summary>
/// <param name="Seeds">Empty = nobody to ask.</param>
public sealed record JoinPlan(ImmutableArray<Address> Seeds)
{
    public static JoinPlan None { get; } = new([]);

    /// <param name="self">This node.</param>
    /// <param name="peers">All that may be in the cluster; this node may be among them.</param>
    /// <param name="mayFound">This node holds the founder's lease.</param>
    public static JoinPlan Make(Address self, IEnumerable<Peer> peers, bool mayFound)
    {
        ArgumentNullException.ThrowIfNull(self);
        var others = peers.Select(peer => self.WithHost(peer.Host).WithPort(peer.Port))
            .Where(address => !address.Equals(self))
            .Distinct()
            .Order(Akka.Cluster.Member.AddressOrdering);
        return new JoinPlan(mayFound ? [self, .. others] : [.. others]);
    }

    public bool Equals(JoinPlan? other) => other is not null && Seeds.SequenceEqual(other.Seeds);

    public override int GetHashCode() => Seeds.Aggregate(0, HashCode.Combine);
}
