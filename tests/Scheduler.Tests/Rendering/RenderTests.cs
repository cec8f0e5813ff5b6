using System.Text.Json;
using Scheduler.Tests.CommandLine;

namespace Scheduler.Tests.Rendering;

public sealed class RenderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("render-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AMisspeltFieldIsNamedWithItsPathAndTheNearestValidName()
    {
        var (exitCode, output, errors) = await RenderAsync("""{"podSpec":{"containers":[{"image":"alpine","imagePulPolicy":"Always"}]}}""");
        Assert.Equal(0, exitCode);
        Assert.Contains("kind: Job", output, StringComparison.Ordinal);
        Assert.Contains("podSpec.containers[0].imagePulPolicy", errors, StringComparison.Ordinal);
        Assert.Contains("imagePullPolicy", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryKeyThatIsOursIsLeftOutWithAWarning()
    {
        string[] keys =
        [
            "buildkite.com/controller-id", "buildkite.com/job-uuid", "scheduler.buildkite.com/facts", "scheduler.buildkite.com/grant",
            "scheduler.buildkite.com/node",
        ];
        var forged = JsonSerializer.Serialize(keys.ToDictionary(key => key, _ => "forged"));
        var (exitCode, output, errors) = await RenderAsync($$$"""{"metadata":{"labels":{{{forged}}},"annotations":{{{forged}}}}}""");
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("forged", output, StringComparison.Ordinal);
        Assert.DoesNotContain("scheduler.buildkite.com/", output, StringComparison.Ordinal);
        Assert.Contains("buildkite.com/job-uuid: 6a0c2f7e-1c1b-4a55-8f2e-3b1b8f4f0a01", output, StringComparison.Ordinal);
        foreach (var place in new[] { "labels", "annotations" })
        {
            Assert.All(keys, key => Assert.Contains($"metadata.{place}[\"{key}\"] has no effect", errors, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task WhatTheJobWouldBeFailedWithIsPrinted()
    {
        var (exitCode, output, errors) = await RenderAsync("""{"podSpec":{"containers":[{"image":"not an image"}]}}""");
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("invalid reference format", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABatchHasOneResultALine()
    {
        var file = Write("""{"job":{"id":"6a0c2f7e-1c1b-4a55-8f2e-3b1b8f4f0a01","command":"true","env":{}}}""" + "\nnonsense\n[]\n");
        var (exitCode, output, _) = await Cli.RunAsync(CancellationToken.None, "render", "--job", file, "--batch");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((0, 3), (exitCode, lines.Length));
        Assert.Equal(["job", "error", "error"], lines.Select(line => JsonDocument.Parse(line).RootElement.EnumerateObject().Single().Name));
    }

    [Fact]
    public async Task TheChartsValuesAndItsConfigurationAreTaken()
    {
        var values = Path.Combine(_folder, "values.yaml");
        await File.WriteAllTextAsync(values, "{agentToken: bkct_secret, fullnameOverride: ci, config: {cluster-seeds: 'a:4053', image: 'registry.test/agent:9'}}");
        var (exitCode, output, errors) = await RenderAsync("{}", "--config", values);
        Assert.Equal(0, exitCode);
        Assert.Contains("registry.test/agent:9", output, StringComparison.Ordinal);
        Assert.Contains("name: ci-secrets", output, StringComparison.Ordinal);
        Assert.StartsWith($"{values} is a values file of the Helm chart", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("bkct_secret", output + errors, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Errors)> RenderAsync(string plugin, params string[] flags)
    {
        var plugins = JsonSerializer.Serialize($"[{{\"github.com/buildkite-plugins/kubernetes-buildkite-plugin\":{plugin}}}]");
        var id = "\"6a0c2f7e-1c1b-4a55-8f2e-3b1b8f4f0a01\"";
        var file = Write("{\"job\":{\"id\":" + id + ",\"command\":\"true\",\"env\":{\"BUILDKITE_PLUGINS\":" + plugins + "}}}");
        return Cli.RunAsync(CancellationToken.None, ["render", "--job", file, .. flags]);
    }

    private string Write(string text)
    {
        var file = Path.Combine(_folder, "job.json");
        File.WriteAllText(file, text);
        return file;
    }
}
