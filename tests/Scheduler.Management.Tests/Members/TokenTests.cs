using System.Net;
using Scheduler.Management.Tests.Support;

namespace Scheduler.Management.Tests.Members;

public sealed class TokenTests(TestNode node) : IClassFixture<TestNode>
{
    private const string Nobody = "/cluster/members/akka.tcp://scheduler@nobody:1";

    [Theory]
    [InlineData("DELETE", Nobody)]
    [InlineData("PUT", Nobody)]
    [InlineData("POST", "/cluster/members")]
    [InlineData("PUT", "/cluster")]
    public async Task WithoutAConfiguredTokenNothingCanBeChanged(string method, string path)
    {
        await using var served = await node.ServeAsync();
        var (status, message) = await served.SendAsync(new HttpMethod(method), path, token: "anything");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("management-token", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("secret1")]
    public async Task AnotherTokenIsRefused(string? token)
    {
        await using var served = await node.ServeAsync(new ManagementOptions { Token = "secret" });
        var (status, message) = await served.SendAsync(HttpMethod.Delete, Nobody, token: token);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereReadingNeedsATokenOnlyHealthIsOpen()
    {
        await using var served = await node.ServeAsync(new ManagementOptions { Token = "changes", ReadToken = "reads" });
        foreach (var path in (string[])["/limiter", "/singletons", "/cluster/members", "/cluster/shards", "/cluster/domain-events", "/bootstrap/seed-nodes"])
        {
            var (status, body) = await served.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, status);
            Assert.Contains("management-read-token", body, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Unauthorized, (await served.GetAsync(path, "wrong")).Status);
        }

        foreach (var token in (string[])["reads", "changes"])
        {
            Assert.Equal(HttpStatusCode.OK, (await served.GetAsync("/cluster/members", token)).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await served.GetAsync("/alive")).Status);
        Assert.NotEqual(HttpStatusCode.Unauthorized, (await served.GetAsync("/ready")).Status);
    }

    [Fact]
    public async Task ATokenForReadingChangesNothing()
    {
        await using var served = await node.ServeAsync(new ManagementOptions { Token = "changes", ReadToken = "reads" });
        Assert.Equal(HttpStatusCode.Forbidden, (await served.SendAsync(HttpMethod.Delete, Nobody, token: "reads")).Status);
        await using var readOnly = await node.ServeAsync(new ManagementOptions { ReadToken = "reads" });
        Assert.Equal(HttpStatusCode.Forbidden, (await readOnly.SendAsync(HttpMethod.Delete, Nobody, token: "reads")).Status);
    }

    [Fact]
    public async Task AReadTokenWhoseFileIsMissingKeepsReadersOut()
    {
        await using var served = await node.ServeAsync(new ManagementOptions { ReadTokenFile = "/nowhere/token" });
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.GetAsync("/cluster/members")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.GetAsync("/cluster/members", "")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.GetAsync("/cluster/members", "x")).Status);
    }

    [Fact]
    public async Task AWrongTokenIsRefusedEvenWhereReadingIsOpen()
    {
        await using var served = await node.ServeAsync(new ManagementOptions { Token = "changes" });
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.GetAsync("/cluster/members", "wrong")).Status);
        Assert.Equal(HttpStatusCode.OK, (await served.GetAsync("/cluster/members")).Status);
    }

    [Fact]
    public async Task ATokenFromAFileIsReadAnewEachTime()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "first\n");
            await using var served = await node.ServeAsync(new ManagementOptions { TokenFile = file });
            Assert.Equal(HttpStatusCode.NotFound, (await served.SendAsync(HttpMethod.Delete, Nobody, token: "first")).Status);
            await File.WriteAllTextAsync(file, "second");
            Assert.Equal(HttpStatusCode.Unauthorized, (await served.SendAsync(HttpMethod.Delete, Nobody, token: "first")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await served.SendAsync(HttpMethod.Delete, Nobody, token: "second")).Status);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task AMissingTokenFileLeavesTheClusterReadOnly()
    {
        await using var served = await node.ServeAsync(new ManagementOptions { TokenFile = "/nowhere/token" });
        Assert.Equal(HttpStatusCode.Forbidden, (await served.SendAsync(HttpMethod.Delete, Nobody, token: "x")).Status);
    }

    [Theory]
    [InlineData("operation=Sing", "Operation not supported")]
    [InlineData("operation=Join", "Operation not supported")]
    [InlineData("", "Operation not supported")]
    public async Task AnUnknownOperationIsABadRequest(string form, string expected)
    {
        await using var served = await node.ServeAsync(new ManagementOptions { Token = "secret" });
        using var body = new StringContent(form, null, "application/x-www-form-urlencoded");
        var (status, message) = await served.SendAsync(HttpMethod.Put, $"/cluster/members/{node.Address}", body, "secret");
        Assert.Equal((HttpStatusCode.BadRequest, expected), (status, message));
    }

    [Theory]
    [InlineData("address=nonsense", "not an address to join")]
    [InlineData("address=scheduler@host:4053", "not an address to join")]
    [InlineData("address=akka.tcp://scheduler@host:99999", "not an address to join")]
    [InlineData("address=akka.tcp://scheduler@host:0", "not an address to join")]
    [InlineData("address=akka.tcp://scheduler@a:b:80", "not an address to join")]
    [InlineData("other=1", "'address' is needed")]
    public async Task OnlyAnAddressCanBeJoined(string form, string expected)
    {
        await using var served = await node.ServeAsync(new ManagementOptions { Token = "secret" });
        using var body = new StringContent(form, null, "application/x-www-form-urlencoded");
        var (status, message) = await served.SendAsync(HttpMethod.Post, "/cluster/members", body, "secret");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABodyThatIsTooLargeIsRefusedWithAMessage()
    {
        await using var served = await node.ServeAsync(new ManagementOptions { Token = "secret" });
        using var body = new StringContent($"address={new string('a', 100_000)}", null, "application/x-www-form-urlencoded");
        var (status, message) = await served.SendAsync(HttpMethod.Post, "/cluster/members", body, "secret");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.NotEmpty(message);
    }
}
