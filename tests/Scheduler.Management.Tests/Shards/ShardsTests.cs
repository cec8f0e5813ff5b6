using System.Net;
using Scheduler.Management.Tests.Support;

namespace Scheduler.Management.Tests.Shards;

public sealed class ShardsTests(TestNode node) : IClassFixture<TestNode>
{
    [Fact]
    public async Task ShardsAndTheirActorsAreCounted()
    {
        await using var served = await node.ServeAsync();
        Assert.Equal("jobs", Assert.Single((await served.JsonAsync("/cluster/shards")).GetProperty("entityTypeKeys").EnumerateArray()).GetString());

        // The one actor there is starts as soon as its shard has a home.
        using var deadline = new CancellationTokenSource(TestNode.Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await served.JsonAsync("/cluster/shards/jobs/stats")).GetProperty("totalEntities").GetInt32() != 1)
        {
            await pause.WaitForNextTickAsync(deadline.Token);
        }

        var shard = Assert.Single((await served.JsonAsync("/cluster/shards/jobs")).GetProperty("regions").EnumerateArray());
        Assert.Equal(1, shard.GetProperty("numEntities").GetInt32());
        var stats = await served.JsonAsync("/cluster/shards/jobs/stats");
        Assert.Equal(shard.GetProperty("shardId").GetString(), Assert.Single(
            stats.GetProperty("regions").GetProperty(node.Address.ToString()).GetProperty("shards").EnumerateArray()).GetProperty("shardId").GetString());
        Assert.Equal(1, stats.GetProperty("totalShards").GetInt32());
    }

    [Theory]
    [InlineData("/cluster/shards/nothing")]
    [InlineData("/cluster/shards/nothing/stats")]
    public async Task AnUnknownRegionIsNotFound(string path)
    {
        await using var served = await node.ServeAsync();
        var (status, message) = await served.SendAsync(HttpMethod.Get, path);
        Assert.Equal((HttpStatusCode.NotFound, "Shard Region nothing is not started"), (status, message));
    }
}
