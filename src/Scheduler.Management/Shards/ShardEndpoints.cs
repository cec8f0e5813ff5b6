using Akka.Cluster.Sharding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scheduler.Management.Questions;
using Scheduler.Management.Serving;

namespace Scheduler.Management.Shards;

/// <summary>Where the job actors are.</summary>
internal static class ShardEndpoints
{
    public static void MapShards(this IEndpointRouteBuilder routes, NodeView view)
    {
        routes.MapGet("/cluster/shards", () => Answer.Ok(new { entityTypeKeys = ClusterSharding.Get(view.System).ShardTypeNames.Order() }));
        routes.MapGet("/cluster/shards/{name}", (string name, CancellationToken cancellationToken) =>
            AnswerAsync(view, name, () => view.RegionAsync(name, cancellationToken), ShardRegionDocument.Of));
        routes.MapGet("/cluster/shards/{name}/stats", (string name, CancellationToken cancellationToken) =>
            AnswerAsync(view, name, () => view.ShardsAsync(name, cancellationToken), ShardStatsDocument.Of));
    }

    private static async Task<IResult> AnswerAsync<TStats, TDocument>(
        NodeView view, string name, Func<Task<Reading<TStats>>> read, Func<TStats, TDocument> document)
        where TStats : class
    {
        if (!view.HasRegion(name))
        {
            return Answer.Message(StatusCodes.Status404NotFound, $"Shard Region {name} is not started");
        }

        return (await read()).Current is { } stats
            ? Answer.Ok(document(stats))
            : Answer.Message(StatusCodes.Status504GatewayTimeout, $"shard region {name} did not answer in time");
    }
}
