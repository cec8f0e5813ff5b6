using Scheduler.Kubernetes.Configuration;

namespace Scheduler.Tests.CommandLine;

public sealed class CommandLineTests
{
    [Fact]
    public async Task VersionIsOneLine()
    {
        var (exitCode, output, _) = await Cli.RunAsync(CancellationToken.None, "version");
        Assert.Equal(0, exitCode);
        Assert.Matches(@"\A\d+\.\d+\.\d+\S*\n\z", output);
    }

    [Fact]
    public async Task TheReferenceIsPrinted()
    {
        var (exitCode, output, _) = await Cli.RunAsync(CancellationToken.None, "reference");
        Assert.Equal((0, ConfigurationReference.Markdown()), (exitCode, output));
    }

    [Theory]
    [InlineData("demo", "--jobs=0", "--jobs: 0 is too small; use 1 or more")]
    [InlineData("demo", "--max-in-flight=-1", "--max-in-flight: -1 is too small; use 0 or more")]
    [InlineData("demo", "--job-duration=5", "--job-duration: '5' is no duration; write it as 500ms, 5s or 1m30s")]
    [InlineData("sandbox", "--kubernetes-port=70000", "--kubernetes-port: 70000 is no port; use 0 to 65535")]
    public async Task ABadOptionIsNamedWithItsValueAndRemedy(string command, string option, string message)
    {
        var (exitCode, _, errors) = await Cli.RunAsync(CancellationToken.None, command, option);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EverythingWrongInAConfigurationIsReportedAtOnce()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "max-in-flight: -1\nnamespce: x\njob-ttl: soon\n");
        var (exitCode, _, errors) = await Cli.RunAsync(CancellationToken.None, "run", "--config", file);
        File.Delete(file);
        Assert.Equal(1, exitCode);
        Assert.Contains("max-in-flight", errors, StringComparison.Ordinal);
        Assert.Contains("namespce", errors, StringComparison.Ordinal);
        Assert.Contains("job-ttl", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMissingConfigurationFileIsNamed()
    {
        var (exitCode, _, errors) = await Cli.RunAsync(CancellationToken.None, "run", "--config", "/nowhere/scheduler.yaml");
        Assert.Equal(1, exitCode);
        Assert.Contains("/nowhere/scheduler.yaml", errors, StringComparison.Ordinal);
    }
}
