using Microsoft.Extensions.DependencyInjection;
using Scheduler.Buildkite.Tests.Stub;

namespace Scheduler.Buildkite.Tests;

public sealed class OptionsTests
{
    private static readonly StacksClientOptions Good = new() { Token = "bkct_x" };

    [Fact]
    public void TheDefaultsAreSound()
    {
        Assert.Empty(Good.Problems());
        Assert.Equal((10, 10, 20), (
            Good.RequestsPerSecond[StacksEndpoint.ListScheduled],
            Good.RequestsPerSecond[StacksEndpoint.Reserve],
            Good.RequestsPerSecond[StacksEndpoint.GetStates]));
    }

    public static TheoryData<StacksClientOptions, string> Bad() => new()
    {
        { Good with { Token = "" }, "token" },
        { Good with { Endpoint = new Uri("ftp://x/") }, "agent-config.endpoint" },
        { Good with { Endpoint = new Uri("https://x/?a=b") }, "agent-config.endpoint" },
        { Good with { Endpoint = new Uri("/v3", UriKind.Relative) }, "agent-config.endpoint" },
        { Good with { UserAgentVersion = "v1\r\nX: y" }, "User-Agent" },
        { Good with { HttpTimeout = TimeSpan.Zero }, "http-timeout" },
        { Good with { RequestsPerSecond = Good.RequestsPerSecond.SetItem(StacksEndpoint.Reserve, 0) }, "Reserve" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void WhatIsWrongIsNamed(StacksClientOptions options, string named)
    {
        Assert.Contains(named, Assert.Single(options.Problems()), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => StacksClient.Create(options));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("ümlaut")]
    public async Task AStackKeyTheServiceWouldRefuseIsNotSent(string key)
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.Ok("{}"));
        using var client = stub.Client();

        await Assert.ThrowsAsync<ArgumentException>(() => client.RegisterAsync(new StackRegistrationRequest(key, "q"), default));

        Assert.Empty(stub.Requests);
    }

    [Fact]
    public async Task TheContainerGivesAWorkingClient()
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.Ok("""{"cluster_uuid":"c"}"""));
        await using var services = new ServiceCollection().AddStacksApi(StubClients.OptionsFor(stub)).BuildServiceProvider();

        var identity = await services.GetRequiredService<IStacksApi>().GetTokenAsync(default);

        Assert.Equal("c", identity.ClusterUuid);
        Assert.Same(services.GetRequiredService<IStacksApi>(), services.GetRequiredService<IStacksApi>());
    }
}
