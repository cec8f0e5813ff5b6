using System.Diagnostics;
using System.Text.Json.Nodes;
using Scheduler.Testing.Processes;
using Xunit.Abstractions;

namespace Scheduler.Deploy.Tests.Publishing;

/// <summary>The program as the image holds it: self-contained, compiled ahead of time.</summary>
public sealed class PublishedTests(ITestOutputHelper output)
{
    [PublishedFact]
    public async Task ItSaysItsVersion()
    {
        var clock = Stopwatch.StartNew();
        var result = await Programs.RunAsync(PublishedProgram.Location!, "", "version");
        output.WriteLine($"scheduler version: {clock.Elapsed.TotalMilliseconds:F0} ms");
        Assert.Matches(@"^\d+\.\d+\.\d+", result.Succeeded());
    }

    [PublishedFact]
    public async Task ItRunsJobs()
    {
        var result = await Programs.RunAsync(
            PublishedProgram.Location!, "", "demo", "--jobs", "20", "--nodes", "1", "--job-duration", "200ms", "--json");
        Assert.Equal(20, (int?)JsonNode.Parse(result.Succeeded())!["succeeded"]);
    }

    [PublishedFact]
    public async Task ItIsSoonReady()
    {
        await using var node = await PublishedNode.StartAsync(PublishedProgram.Location!);
        var ready = await node.UntilReadyAsync();
        output.WriteLine($"start to ready: {ready.TotalMilliseconds:F0} ms; resident memory then: {node.ResidentMegabytes} MB");
        Assert.Equal(0, await node.StopAsync());
    }
}
