using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Cluster.Formation;
using Scheduler.Testing.Waiting;

namespace Scheduler.Cluster.Tests.Formation;

public sealed class NameFamilyTests
{
    private readonly FakeTimeProvider _time = new();
    private int _asked;

    [Theory]
    [InlineData("a=10.0.0.1 b=10.0.0.2", false)]
    [InlineData("a=fd00::1 b=fd00::2", true)]
    [InlineData("a=fd00::1,10.0.0.1 b=fd00::2,10.0.0.2", false)]
    [InlineData("a=127.0.1.1,fd00::1 b=fd00::2", true)]
    [InlineData("a=10.0.0.1 b=fd00::2 c=fd00::3", true)]
    [InlineData("a= b=fd00::2", true)]
    [InlineData("a=169.254.0.1,fd00::1", true)]
    [InlineData("a=fe80::1,10.0.0.1", false)]
    public async Task TheNamesDecide(string names, bool isIPv6) =>
        Assert.Equal(isIPv6, await Given(names, own: "10.0.0.9").IsIPv6Async(names.Split(' ').Select(each => each[..1]), CancellationToken.None));

    [Fact]
    public async Task AddressesNeedNoDecision()
    {
        Assert.False(await Given("", own: "fd00::9").IsIPv6Async(["10.0.0.1", "[fd00::1]", "fd00::2"], CancellationToken.None));
        Assert.Equal(0, _asked);
    }

    [Theory]
    [InlineData("127.0.0.1 ::1 fe80::9 fd00::9", true)]
    [InlineData("fd00::9 169.254.10.1", true)]
    [InlineData("fd00::9 10.0.0.9", false)]
    [InlineData("127.0.0.1 ::1 10.0.0.9", false)]
    [InlineData("127.0.0.1 ::1", false)]
    public async Task WhereNoNameAppearsInTimeTheOwnAddressesDecide(string own, bool isIPv6)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var deciding = Given("a=", own).IsIPv6Async(["a"], deadline.Token);

        await Eventually.CompletedAsync(deciding, () => _time.Advance(TimeSpan.FromSeconds(1)), deadline.Token);

        Assert.Equal(isIPv6, await deciding);
        Assert.True(_asked > 1);
    }

    private NameFamily Given(string names, string own) => new(
        (name, _) =>
        {
            _asked++;
            var found = names.Split(' ').Single(each => each.StartsWith(name + "=", StringComparison.Ordinal))[2..];
            return found.Length == 0
                ? Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound))
                : Task.FromResult(Array.ConvertAll(found.Split(','), IPAddress.Parse));
        },
        () => own.Split(' ').Select(IPAddress.Parse),
        _time);
}
