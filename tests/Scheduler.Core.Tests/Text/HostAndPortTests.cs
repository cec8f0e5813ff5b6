using Scheduler.Core.Text;

namespace Scheduler.Core.Tests.Text;

public sealed class HostAndPortTests
{
    [Theory]
    [InlineData("scheduler-0.nodes.ns.svc:4053", "scheduler-0.nodes.ns.svc", 4053)]
    [InlineData("10.0.0.7:1", "10.0.0.7", 1)]
    [InlineData("[::1]:4053", "[::1]", 4053)]
    [InlineData("[fd00::10.0.0.1]:65535", "[fd00::10.0.0.1]", 65535)]
    [InlineData(":6060", "", 6060)]
    public void HostsAreNamesOrAddresses(string text, string host, int port)
    {
        Assert.True(HostAndPort.TryParse(text, out var read));
        Assert.Equal(new HostAndPort(host, port), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a:")]
    [InlineData("a:0")]
    [InlineData("a:65536")]
    [InlineData("::1:4053")]
    [InlineData("fd00::1")]
    [InlineData("[::1]")]
    [InlineData("[::1]4053")]
    [InlineData("[]:4053")]
    [InlineData("[10.0.0.1]:4053")]
    [InlineData("[fe80::1%eth0]:4053")]
    [InlineData("[1:2]:4053")]
    [InlineData("http://a:4053")]
    [InlineData("a:4053\n")]
    public void AnythingElseIsRefused(string text) => Assert.False(HostAndPort.TryParse(text, out _));
}
