using System.Net;
using System.Text.Json;
using Scheduler.Management.Tests.Support;

namespace Scheduler.Management.Tests.Events;

public sealed class DomainEventsTests(TestNode node) : IClassFixture<TestNode>
{
    [Fact]
    public async Task ThePresentStateComesFirst()
    {
        var (type, data) = await FirstAsync("?type=MemberEvent");
        Assert.Equal("MemberUp", type);
        Assert.Equal("MemberUp", data.GetProperty("type").GetString());
        var member = data.GetProperty("member");
        Assert.Equal(node.Address.ToString(), member.GetProperty("uniqueAddress").GetProperty("address").GetString());
        Assert.Equal(JsonValueKind.Number, member.GetProperty("uniqueAddress").GetProperty("longUid").ValueKind);
        Assert.Equal("Up", member.GetProperty("status").GetString());
    }

    [Fact]
    public async Task OnlyTheTypesAskedForAreSent()
    {
        var (type, data) = await FirstAsync("?type=LeaderChanged&type=Nonsense");
        Assert.Equal("LeaderChanged", type);
        Assert.Equal(node.Address.ToString(), data.GetProperty("address").GetString());
        Assert.False(data.TryGetProperty("member", out _));
    }

    [Fact]
    public async Task OnlySoManyReadersAreServedAtATime()
    {
        await using var served = await node.ServeAsync(new ManagementOptions { MostEventStreams = 1 });
        using var deadline = new CancellationTokenSource(TestNode.Patience);
        using (var first = await served.Http.GetAsync("/cluster/domain-events", HttpCompletionOption.ResponseHeadersRead, deadline.Token))
        {
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            var (status, body) = await served.GetAsync("/cluster/domain-events");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.Contains("at most 1 readers", body, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await served.GetAsync("/cluster/members")).Status);
        }

        await AgainAsync(served, deadline.Token);
    }

    [Fact]
    public async Task AReaderHasToComeAgainAfterAWhile()
    {
        await using var served = await node.ServeAsync(new ManagementOptions { MostEventStreams = 1, LongestEventStream = TimeSpan.FromMilliseconds(200) });
        var (status, body) = await served.GetAsync("/cluster/domain-events");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("event: ", body, StringComparison.Ordinal);
        using var deadline = new CancellationTokenSource(TestNode.Patience);
        await AgainAsync(served, deadline.Token);
    }

    /// <summary>Until the place of who has left is free.</summary>
    private static async Task AgainAsync(ServedNode served, CancellationToken cancellationToken)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            using var response = await served.Http.GetAsync("/cluster/domain-events", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            await pause.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task<(string Type, JsonElement Data)> FirstAsync(string query)
    {
        await using var served = await node.ServeAsync();
        using var deadline = new CancellationTokenSource(TestNode.Patience);
        using var response = await served.Http.GetAsync(
            $"/cluster/domain-events{query}", HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(deadline.Token));
        var type = await lines.ReadLineAsync(deadline.Token);
        var data = await lines.ReadLineAsync(deadline.Token);
        return (type!["event: ".Length..], JsonDocument.Parse(data!["data: ".Length..]).RootElement);
    }
}
