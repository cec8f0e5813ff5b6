using Scheduler.Cluster.Formation;

namespace Scheduler.Cluster.Tests.Formation;

public sealed class SeedPeersTests
{
    [Fact]
    public void SeedsAreHostsWithPorts() =>
        Assert.Equal<Peer>(
            [new Peer("scheduler-0.scheduler", 4053), new Peer("10.0.0.7", 1)],
            SeedPeers.Parse(" scheduler-0.scheduler:4053 ,10.0.0.7:1,"));

    [Fact]
    public void AddressesOfIPv6AreEqualHoweverTheyAreWritten()
    {
        Assert.Equal<Peer>([new Peer("fd00::1", 4053)], SeedPeers.Parse("[FD00:0:0::0001]:4053"));
        Assert.Equal("[fd00::1]", new Peer("[fd00:0::1]", 4053).Host);
    }

    [Theory]
    [InlineData("::1:4053")]
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
