using Akka.Cluster.Sharding;

namespace Scheduler.Management.Shards;

/// <summary>The shards of all nodes, by node.</summary>
internal sealed record ShardStatsDocument(IReadOnlyDictionary<string, RegionShardsDocument> Regions, int TotalEntities, int TotalShards)
{
    public static ShardStatsDocument Of(ClusterShardingStats stats) => new(
        stats.Regions.OrderBy(region => region.Key.ToString(), StringComparer.Ordinal)
            .ToDictionary(region => region.Key.ToString(), region => RegionShardsDocument.Of(region.Value)),
        stats.Regions.Values.Sum(region => region.Stats.Values.Sum()),
        stats.Regions.Values.Sum(region => region.Stats.Count));
}
