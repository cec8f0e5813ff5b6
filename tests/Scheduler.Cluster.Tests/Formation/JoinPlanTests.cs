using Akka.Actor;
using Scheduler.Cluster.Formation;

namespace Scheduler.Cluster.Tests.Formation;

public sealed class JoinPlanTests
{
    private static readonly Address Self = Address.Parse("akka.tcp://scheduler@b:4053");
    private static readonly Peer[] Peers = [new("c", 4053), new("b", 4053), new("a", 4053), new("a", 4053)];

    [Fact]
    public void OnlyWhoHoldsTheFoundersLeaseStandsFirstInItsOwnListAndMayFormACluster()
    {
        Assert.Equal(["b", "a", "c"], Hosts(JoinPlan.Make(Self, Peers, mayFound: true)));
        Assert.Equal(["a", "c"], Hosts(JoinPlan.Make(Self, Peers, mayFound: false)));
    }

    [Fact]
    public void WithoutAnybodyElseAndWithoutTheLeaseThereIsNobodyToAsk() =>
        Assert.Empty(JoinPlan.Make(Self, [new Peer("b", 4053)], mayFound: false).Seeds);

    [Fact]
    public void TheOrderInWhichPeersAreFoundMakesNoOtherPlan() =>
        Assert.Equal(JoinPlan.Make(Self, Peers, mayFound: false), JoinPlan.Make(Self, Peers.Reverse(), mayFound: false));

    private static IEnumerable<string> Hosts(JoinPlan plan) => plan.Seeds.Select(seed => seed.Host);
}
