using System.Net;
using System.Net.Sockets;
using System.Text;
using Scheduler.Management.Tests.Support;

namespace Scheduler.Management.Tests.Serving;

/// <summary>What a stranger who reaches the port can make a node do.</summary>
public sealed class BoundsTests(TestNode node) : IClassFixture<TestNode>
{
    [Fact]
    public async Task ConnectionsBeyondTheCapAreToldSo()
    {
        await using var served = await node.ServeAsync(new ManagementOptions { MostConnections = 3, MostConnectionsOfAnAddress = 100 });
        var idle = new List<TcpClient>();
        for (var i = 0; i < 3; i++)
        {
            idle.Add(await ConnectAsync(served.Address, IPAddress.Loopback));
        }

        await UntilAsync(async () => await OnceAsync(served.Address, IPAddress.Loopback) is { Status: 503 } full
            && full.Text.Contains("at most 3 are served", StringComparison.Ordinal));

        idle.ForEach(connection => connection.Dispose());
        await UntilAsync(async () => await OnceAsync(served.Address, IPAddress.Loopback) is { Status: 200 });
    }

    [Fact]
    public async Task OneAddressCannotKeepTheOthersOut()
    {
        await using var served = await node.ServeAsync(new ManagementOptions { MostConnections = 100, MostConnectionsOfAnAddress = 2 });
        using var first = await ConnectAsync(served.Address, IPAddress.Loopback);
        using var second = await ConnectAsync(served.Address, IPAddress.Loopback);

        await UntilAsync(async () => await OnceAsync(served.Address, IPAddress.Loopback) is { Status: 503 } full
            && full.Text.Contains("one address", StringComparison.Ordinal));
        Assert.Equal(200, (await OnceAsync(served.Address, IPAddress.Parse("127.0.0.2"))).Status);
    }

    [Theory]
    [InlineData("GET /cluster/members/AAAA HTTP/1.1\r\nHost: x\r\n\r\n", 414)]
    [InlineData("GET /alive HTTP/1.1\r\nHost: x\r\nX-Long: AAAA\r\n\r\n", 431)]
    [InlineData("GET /alive HTTP/1.1\r\nHost: x\r\nMANY\r\n", 431)]
    public async Task LargeRequestsAreRefused(string request, int status)
    {
        await using var served = await node.ServeAsync();
        var many = string.Concat(Enumerable.Range(0, 60).Select(header => $"X-{header}: 1\r\n"));
        var sent = request.Replace("AAAA", new string('A', 20_000), StringComparison.Ordinal).Replace("MANY\r\n", many, StringComparison.Ordinal);
        Assert.Equal(status, (await OnceAsync(served.Address, IPAddress.Loopback, sent)).Status);
    }

    [Fact]
    public async Task WhatIsRepeatedOfARequestIsShortAndPlain()
    {
        await using var served = await node.ServeAsync();
        var (status, message) = await served.SendAsync(HttpMethod.Get, $"/cluster/members/%1b%5b2J%e2%80%ae{new string('a', 3000)}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.DoesNotContain(message, c => char.IsControl(c) || c == '\u202e');
        Assert.InRange(message.Length, 1, 500);
    }

    private static async Task<TcpClient> ConnectAsync(Uri server, IPAddress from)
    {
        var client = new TcpClient(new IPEndPoint(from, 0));
        await client.ConnectAsync(IPAddress.Loopback, server.Port);
        return client;
    }

    /// <summary>One request on a connection of its own; status 0 when the server only hung up.</summary>
    private static async Task<(int Status, string Text)> OnceAsync(
        Uri server, IPAddress from, string request = "GET /alive HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    {
        using var deadline = new CancellationTokenSource(TestNode.Patience);
        try
        {
            using var client = await ConnectAsync(server, from);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), deadline.Token);
            using var reader = new StreamReader(stream);
            var text = await reader.ReadToEndAsync(deadline.Token);
            return text.Length > 12 ? (int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), text) : (0, text);
        }
        catch (IOException)
        {
            return (0, "");
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TestNode.Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            await pause.WaitForNextTickAsync(deadline.Token);
        }
    }
}
