using Scheduler.Cluster.Trust;

namespace Scheduler.Cluster.Tests.Trust;

public sealed class PeerNamesTests
{
    [Theory]
    [InlineData("*.nodes.ns.svc", "a-0.nodes.ns.svc")]
    [InlineData("*.nodes.ns.svc", "A-0.Nodes.ns.SVC")]
    [InlineData("*.nodes.ns.svc", "a-0.nodes.ns.svc.")]
    [InlineData("*.nodes.ns.svc", "*.nodes.ns.svc")]
    [InlineData("one.example,two.example", "two.example")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    public void AnExactNameOrOneLabelUnderTheStarFits(string patterns, string name) => Assert.True(Of(patterns).Fits(name));

    [Theory]
    [InlineData("*.nodes.ns.svc", "nodes.ns.svc")]
    [InlineData("*.nodes.ns.svc", "a.b.nodes.ns.svc")]
    [InlineData("*.nodes.ns.svc", ".nodes.ns.svc")]
    [InlineData("*.nodes.ns.svc", "evil-nodes.ns.svc")]
    [InlineData("*.nodes.ns.svc", "a.nodes.ns.svc.evil")]
    [InlineData("*.nodes.ns.svc", "a*.nodes.ns.svc")]
    [InlineData("*.nodes.ns.svc", "*.ns.svc")]
    [InlineData("*.nodes.ns.svc", "*")]
    [InlineData("one.example", "*.example")]
    [InlineData("127.0.0.1", "127.0.0.2")]
    [InlineData("", "anything")]
    public void AWiderOrAnotherNameDoesNot(string patterns, string name) => Assert.False(Of(patterns).Fits(name));

    private static PeerNames Of(string patterns) => new([.. patterns.Split(',', StringSplitOptions.RemoveEmptyEntries)]);
}
