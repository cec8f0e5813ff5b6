using System.Text.Json;
using Scheduler.Tests.CommandLine;

namespace Scheduler.Tests.Demo;

public sealed class DemoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("--nodes=1", 5)]
    [InlineData("--nodes=3", 4)]
    public async Task EveryJobRunsOnceUnderTheLimitAndTheResultIsOneJsonObject(string nodes, int limit)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var (exitCode, output, errors) = await Cli.RunAsync(
            deadline.Token, "demo", "--jobs=40", $"--max-in-flight={limit}", nodes, "--job-duration=200ms", "--json");

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        using var report = JsonDocument.Parse(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        int Number(string name) => report.RootElement.GetProperty(name).GetInt32();
        Assert.Equal((40, 40, 0), (Number("jobs"), Number("succeeded"), Number("failed")));
        Assert.Equal((0, 0, 0), (Number("lost"), Number("duplicated"), Number("limitExceeded")));
        Assert.Equal((limit, limit), (Number("maxInFlight"), Number("peakInFlight")));
    }

    [Fact]
    public async Task NodesThatCrashWithoutWarningLoseNoJobAndBreakNoLimit()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        var (exitCode, output, errors) = await Cli.RunAsync(
            deadline.Token, "demo", "--jobs=150", "--max-in-flight=5", "--nodes=3", "--kill-every=5s", "--job-duration=200ms", "--json");

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        using var report = JsonDocument.Parse(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        int Number(string name) => report.RootElement.GetProperty(name).GetInt32();
        Assert.Equal((150, 0, 0, 0), (Number("succeeded"), Number("lost"), Number("duplicated"), Number("limitExceeded")));
        Assert.NotEqual(0, Number("kills"));
    }

    [Fact]
    public async Task OneNodeAloneIsNotKilled()
    {
        var (exitCode, _, errors) = await Cli.RunAsync(CancellationToken.None, "demo", "--kill-every=5s");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("--nodes", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutATerminalProgressIsPrintedLineByLine()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var (exitCode, output, _) = await Cli.RunAsync(
            deadline.Token, "demo", "--jobs=10", "--max-in-flight=0", "--job-duration=100ms");
        Assert.Equal(0, exitCode);
        Assert.Contains("10 of 10 jobs succeeded", output, StringComparison.Ordinal);
        Assert.Contains("no limit", output, StringComparison.Ordinal);
    }
}
