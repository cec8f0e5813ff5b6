using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Cluster.Launching;
using Scheduler.Cluster.Metrics;

namespace Scheduler.Tests.EndToEnd;

/// <summary>The table of what may be read from the remoting port must hold all that nodes say to each other.</summary>
public sealed class WireLifeTests
{
    private const int Nodes = 3;

    [Fact]
    public async Task WhileThreeNodesFormWorkLeaveReturnAndCrashNoPayloadIsRefused()
    {
        await using var world = await EndToEndWorld.StartAsync("max-in-flight: 12", Nodes);
        var metrics = new HashSet<WireMetrics>();
        await MembersAsync(world, metrics, Enumerable.Range(0, Nodes).ToArray());
        await WorkAsync(world, jobs: 30);
        foreach (var node in Enumerable.Range(0, Nodes))
        {
            await AskForShardsAsync(world, node);
        }

        // The oldest node has the singletons and the coordinator of the shards.
        await world.LeaveAsync(0);
        await MembersAsync(world, metrics, 1, 2);
        await WorkAsync(world, jobs: 20);
        await world.ReturnAsync(0);
        await MembersAsync(world, metrics, 0, 1, 2);
        await WorkAsync(world, jobs: 20);
        await world.CrashAsync(1);
        await MembersAsync(world, metrics, 0, 2);
        await WorkAsync(world, jobs: 20);
        await AskForShardsAsync(world, 0);

        Assert.True(metrics.Count > Nodes);
        Assert.Equal(0, metrics.Sum(one => one.Refused));
    }

    private static Task<TimeSpan> MembersAsync(EndToEndWorld world, HashSet<WireMetrics> metrics, params int[] nodes) =>
        EndToEndWorld.UntilAsync($"nodes {string.Join(',', nodes)} are the cluster", () => nodes.All(node =>
        {
            var services = world.Services(node)!;
            metrics.Add(services.GetRequiredService<NodeMetrics>().Wire);
            var state = Akka.Cluster.Cluster.Get(services.GetRequiredService<ActorSystem>()).State;
            return state.Members.Count(member => member.Status == MemberStatus.Up) == nodes.Length && state.Members.Count == nodes.Length && state.Unreachable.IsEmpty;
        }));

    private static async Task WorkAsync(EndToEndWorld world, int jobs)
    {
        var enqueued = await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => world.EnqueueAsync()));
        foreach (var job in enqueued)
        {
            Assert.Equal(0, (await world.EndedAsync(job)).Facts.ExitStatus);
        }
    }

    private static async Task AskForShardsAsync(EndToEndWorld world, int node)
    {
        var region = await world.Services(node)!.GetRequiredService<ActorRegistry>().GetAsync<JobActor>();
        var stats = await region.Ask<ClusterShardingStats>(new GetClusterShardingStats(TimeSpan.FromSeconds(5)), TimeSpan.FromSeconds(10));
        Assert.NotEmpty(stats.Regions);
    }
}
