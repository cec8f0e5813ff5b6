using Akka.Actor;
using Akka.Cluster.Sharding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scheduler.Management.Serving;

namespace Scheduler.Management.Shards;

/// <summary>Where the job actors are.</summary>
internal static class ShardEndpoints
{
    private static readonly TimeSpan RegionTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClusterTimeout = TimeSpan.FromSeconds(10);

    public static void MapShards(this IEndpointRouteBuilder routes, NodeView view)
    {
        routes.MapGet("/cluster/shards", () => Answer.Ok(new { entityTypeKeys = ClusterSharding.Get(view.System).ShardTypeNames.Order() }));
        routes.MapGet("/cluster/shards/{name}", (string name, CancellationToken cancellationToken) => AskAsync<ShardRegionStats>(
            view, name, GetShardRegionStats.Instance, RegionTimeout, stats => Answer.Ok(ShardRegionDocument.Of(stats)), cancellationToken));
        routes.MapGet("/cluster/shards/{name}/stats", (string name, CancellationToken cancellationToken) => AskAsync<ClusterShardingStats>(
            view, name, new GetClusterShardingStats(RegionTimeout), ClusterTimeout, stats => Answer.Ok(ShardStatsDocument.Of(stats)), cancellationToken));
    }

    private static async Task<IResult> AskAsync<TStats>(
        NodeView view, string name, object question, TimeSpan timeout, Func<TStats, IResult> answer, CancellationToken cancellationToken)
    {
        var sharding = ClusterSharding.Get(view.System);
        if (!sharding.ShardTypeNames.Contains(name))
        {
            return Answer.Message(StatusCodes.Status404NotFound, $"Shard Region {name} is not started");
        }

        try
        {
            return answer(await sharding.ShardRegion(name).Ask<TStats>(question, timeout, cancellationToken));
        }
        catch (AskTimeoutException)
        {
            return Answer.Message(StatusCodes.Status504GatewayTimeout, $"shard region {name} did not answer within {timeout.TotalSeconds} s");
        }
    }
}
