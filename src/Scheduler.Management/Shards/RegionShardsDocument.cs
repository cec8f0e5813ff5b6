using Akka.Cluster.Sharding;

namespace Scheduler.Management.Shards;

/// <summary>One node's part of <see cref="ShardStatsDocument"/>.</summary>
internal sealed record RegionShardsDocument(IReadOnlyList<ShardDocument> Shards, IReadOnlyList<string> Failed)
{
    public static RegionShardsDocument Of(ShardRegionStats stats)
    {
        var region = ShardRegionDocument.Of(stats);
        return new RegionShardsDocument(region.Regions, region.Failed);
    }
}
