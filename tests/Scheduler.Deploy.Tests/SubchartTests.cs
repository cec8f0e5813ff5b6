using k8s.Models;
using Scheduler.Deploy.Tests.Helm;

namespace Scheduler.Deploy.Tests;

/// <summary>The chart as a dependency of somebody's own chart.</summary>
public sealed class SubchartTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("umbrella-").FullName;

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [HelmTheory]
    [InlineData("agent-stack-k8s", "ci-agent-stack-k8s")]
    [InlineData("builds", "ci-builds")]
    public async Task AParentGivesItsValuesGlobalsAndACondition(string alias, string fullName)
    {
        await ParentAsync(alias);
        var rendered = Rendered.Parse((await TemplateAsync(alias, "true")).Succeeded());
        Assert.Equal(fullName, rendered.StatefulSet.Spec.Template.Metadata.Labels["app"]);
        Assert.Equal((fullName, 7), (rendered.Configuration().Options!.Id, rendered.Configuration().Options!.MaxInFlight));
    }

    [HelmFact]
    public async Task TheConditionLeavesItOut()
    {
        await ParentAsync("agent-stack-k8s");
        Assert.Empty(Rendered.Parse((await TemplateAsync("agent-stack-k8s", "false")).Succeeded()).All<V1StatefulSet>());
    }

    [HelmFact]
    public async Task AMisspeltValueIsRefusedThereToo()
    {
        await ParentAsync("agent-stack-k8s");
        var result = await TemplateAsync("agent-stack-k8s", "true, replcas: 3");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("'replcas' not allowed", result.Errors, StringComparison.Ordinal);
    }

    private async Task ParentAsync(string alias)
    {
        await File.WriteAllTextAsync(
            Path.Combine(_parent, "Chart.yaml"),
            $$"""
            apiVersion: v2
            name: umbrella
            version: 1.0.0
            dependencies:
              - {name: agent-stack-k8s, version: ">=0.0.0-0", repository: "", alias: {{alias}}, condition: {{alias}}.enabled}
            """);
        Copy(DeployFolder.Chart, Path.Combine(_parent, "charts", "agent-stack-k8s"));
    }

    private Task<ProgramResult> TemplateAsync(string alias, string enabled) => HelmProgram.RunAsync(
        $"{{global: {{imageRegistry: registry.test}}, {alias}: {{agentToken: t, image: i, config: {{max-in-flight: 7}}, enabled: {enabled}}}}}",
        "template", "ci", _parent, "--namespace", "buildkite", "--values", "-");

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
