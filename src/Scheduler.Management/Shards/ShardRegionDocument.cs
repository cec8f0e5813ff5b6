using Akka.Cluster.Sharding;

namespace Scheduler.Management.Shards;

/// <summary>The shards of this node's region, as Akka Management shows them.</summary>
internal sealed record ShardRegionDocument(IReadOnlyList<ShardDocument> Regions, IReadOnlyList<string> Failed)
{
    public static ShardRegionDocument Of(ShardRegionStats stats) => new(
        [.. stats.Stats.Select(shard => new ShardDocument(shard.Key, shard.Value)).OrderBy(shard => shard.ShardId, StringComparer.Ordinal)],
        [.. stats.Failed.Order(StringComparer.Ordinal)]);
}
