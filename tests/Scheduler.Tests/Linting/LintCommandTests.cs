using Scheduler.Tests.CommandLine;

namespace Scheduler.Tests.Linting;

/// <summary><c>scheduler lint</c> from its arguments to its exit code.</summary>
public sealed class LintCommandTests : IDisposable
{
    private const string Fine = "steps: [{plugins: [kubernetes: {podSpec: {}}]}]";

    private const string Wrong = "steps:\n- plugins:\n  - kubernetes: {podSpc: {}}\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("lint-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AFindingHasFileLineAndColumn()
    {
        var file = Write("pipeline.yml", Wrong);
        var (exitCode, output, errors) = await LintAsync(file);
        Assert.Equal((1, ""), (exitCode, errors));
        Assert.Equal(
            $"{file}:3:18: error: podSpc is not a known key; did you mean podSpec?\n{file}: not valid; kubernetes plugins: 1, errors: 1, warnings: 0\n",
            output);
    }

    [Fact]
    public async Task ManyFilesAreCheckedAndOneBadOneFailsAll()
    {
        var (exitCode, output, errors) = await LintAsync(Write("a.yml", Fine), "/nowhere/pipeline.yml", Write("b.yml", Wrong), Write("c.json", "[]"));
        Assert.Equal(1, exitCode);
        Assert.Contains("a.yml: valid; kubernetes plugins: 1, errors: 0, warnings: 0\n", output, StringComparison.Ordinal);
        Assert.Contains("b.yml: not valid", output, StringComparison.Ordinal);
        Assert.Contains("c.json: valid", output, StringComparison.Ordinal);
        Assert.StartsWith("/nowhere/pipeline.yml: cannot be read: ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WarningsAloneAreNoFailure()
    {
        var (exitCode, output, _) = await LintAsync(Write("pipeline.yml", "steps: [{plugins: [kubernetes]}]"));
        Assert.Equal(0, exitCode);
        Assert.Contains(":1:20: warning: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new string[0], "no file is named")]
    [InlineData(new[] { "--strict" }, "unknown flag --strict")]
    public async Task WrongUsageHasTheOriginalsExitCode(string[] arguments, string message)
    {
        var (exitCode, _, errors) = await LintAsync(arguments);
        Assert.Equal(80, exitCode);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HelpIsNoFailure()
    {
        var (exitCode, output, _) = await LintAsync("--help");
        Assert.Equal(0, exitCode);
        Assert.Contains("one or more", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsNoTextCannotBeRead()
    {
        var file = Path.Combine(_folder, "latin1.yml");
        await File.WriteAllBytesAsync(file, [(byte)'a', 0xE9, (byte)'b']);
        var (exitCode, _, errors) = await LintAsync(file, _folder);
        Assert.Equal(1, exitCode);
        Assert.Equal(2, errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task TheControllersConfigurationIsHeeded()
    {
        var config = Write("config.yaml", "prohibit-kubernetes-plugin: true");
        var (exitCode, output, _) = await LintAsync(Write("pipeline.yml", Fine), "--config", config);
        Assert.Equal(1, exitCode);
        Assert.Contains("prohibit-kubernetes-plugin", output, StringComparison.Ordinal);
    }

    /// <summary>As the chart writes it: with the seeds of a cluster and files that only its pods have, but without a node's own name.</summary>
    [Fact]
    public async Task TheChartsOwnConfigurationIsTaken()
    {
        var config = Write("config.yaml", "cluster-seeds: 'ci-0.ci-nodes:4053'\nmanagement-token-file: /nowhere/token\nprohibit-kubernetes-plugin: true");
        var (_, output, errors) = await LintAsync(Write("pipeline.yml", Fine), "--config", config);
        Assert.Empty(errors);
        Assert.Contains("prohibit-kubernetes-plugin", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AValuesFileOfTheChartIsRecognised()
    {
        var values = Write("values.yaml", "{agentToken: bkct_secret, config: {prohibit-kubernetes-plugin: true}}");
        var (exitCode, output, errors) = await LintAsync(Write("pipeline.yml", Fine), "--config", values);
        Assert.Equal(1, exitCode);
        Assert.Contains("prohibit-kubernetes-plugin", output, StringComparison.Ordinal);
        Assert.Equal($"{values} is a values file of the Helm chart: its config is read, with the chart's defaults\n", errors);
        Assert.DoesNotContain("bkct_secret", output, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Output, string Errors)> LintAsync(params string[] arguments) =>
        Cli.RunAsync(CancellationToken.None, ["lint", .. arguments]);

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
