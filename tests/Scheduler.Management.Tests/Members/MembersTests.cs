using System.Net;
using Scheduler.Management.Tests.Support;

namespace Scheduler.Management.Tests.Members;

public sealed class MembersTests(TestNode node) : IClassFixture<TestNode>
{
    private readonly string _self = node.Address.ToString();

    [Fact]
    public async Task TheClusterIsShownAsAkkaManagementShowsIt()
    {
        await using var served = await node.ServeAsync();
        var cluster = await served.JsonAsync("/cluster/members");

        Assert.Equal(_self, cluster.GetProperty("selfNode").GetString());
        var member = Assert.Single(cluster.GetProperty("members").EnumerateArray());
        Assert.Equal(_self, member.GetProperty("node").GetString());
        Assert.Equal("Up", member.GetProperty("status").GetString());
        Assert.True(long.TryParse(member.GetProperty("nodeUid").GetString(), out _));
        Assert.Equal("scheduler", Assert.Single(member.GetProperty("roles").EnumerateArray()).GetString());
        Assert.Empty(cluster.GetProperty("unreachable").EnumerateArray());
        Assert.Equal(_self, cluster.GetProperty("leader").GetString());
        Assert.Equal(_self, cluster.GetProperty("oldest").GetString());
        Assert.Equal(_self, cluster.GetProperty("oldestPerRole").GetProperty("scheduler").GetString());
    }

    [Fact]
    public async Task ATrailingSlashMakesNoDifference()
    {
        await using var served = await node.ServeAsync();
        Assert.Equal(_self, (await served.JsonAsync("/cluster/members/")).GetProperty("selfNode").GetString());
    }

    [Fact]
    public async Task OneMemberIsFoundByEachWayOfWritingItsAddress()
    {
        await using var served = await node.ServeAsync();
        foreach (var address in (string[])[_self, Uri.EscapeDataString(_self), _self["akka.tcp://".Length..]])
        {
            var member = await served.JsonAsync($"/cluster/members/{address}");
            Assert.Equal(_self, member.GetProperty("node").GetString());
        }
    }

    [Fact]
    public async Task AnAddressOfNobodyIsNotFound()
    {
        await using var served = await node.ServeAsync();
        var (status, message) = await served.SendAsync(HttpMethod.Get, "/cluster/members/akka.tcp://scheduler@nobody:1");
        Assert.Equal((HttpStatusCode.NotFound, "Member [akka.tcp://scheduler@nobody:1] not found"), (status, message));
    }

    [Fact]
    public async Task WhatIsNoAddressIsABadRequest()
    {
        await using var served = await node.ServeAsync();
        var (status, message) = await served.SendAsync(HttpMethod.Get, "/cluster/members/nonsense");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(_self, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANewNodeIsToldWhomToJoin()
    {
        await using var served = await node.ServeAsync();
        var seeds = await served.JsonAsync("/bootstrap/seed-nodes");
        Assert.Equal(_self, Assert.Single(seeds.GetProperty("seedNodes").EnumerateArray()).GetProperty("node").GetString());
    }

    [Theory]
    [InlineData("POST", "/alive", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PATCH", "/cluster/members/akka.tcp://scheduler@nobody:1", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound)]
    public async Task WhatIsNotServedIsAnsweredWithAMessage(string method, string path, HttpStatusCode expected)
    {
        await using var served = await node.ServeAsync();
        var (status, message) = await served.SendAsync(new HttpMethod(method), path);
        Assert.Equal(expected, status);
        Assert.Contains(path, message, StringComparison.Ordinal);
    }
}
