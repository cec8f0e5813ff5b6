using Scheduler.Cluster.Formation;

namespace Scheduler.Cluster.Tests.Formation;

public sealed class SeedPeersTests
{
    [Fact]
    public void SeedsAreHostsWithPorts() =>
        Assert.Equal<Peer>(
            [new Peer("scheduler-0.scheduler", 4053), new Peer("10.0.0.7", 1)],
            SeedPeers.Parse(" scheduler-0.scheduler:4053 ,10.0.0.7:1,"));

    [Theory]
    [InlineData("scheduler-0")]
    [InlineData("scheduler-0:")]
    [InlineData(":4053")]
    [InlineData("scheduler-0:0")]
    [InlineData("scheduler-0:70000")]
    public void AnythingElseIsNamed(string seed)
    {
        var error = Assert.Throws<FormatException>(() => SeedPeers.Parse($"a:1,{seed}"));
        Assert.Contains($"'{seed}'", error.Message, StringComparison.Ordinal);
    }
}
