using System.Collections.Immutable;

namespace Scheduler.Deploy.Tests.Helm;

/// <summary>The chart with values, under a release's name and in its namespace.</summary>
/// <param name="Values">YAML, as a values file.</param>
internal sealed record Release(string Values)
{
    /// <summary>What every release must be given.</summary>
    public const string Needed = "{agentToken: bkct_test, image: 'registry.test/scheduler:1.2.3'}";

    public string Name { get; init; } = "ci";

    public string Namespace { get; init; } = "buildkite";

    /// <summary>Further arguments of helm.</summary>
    public ImmutableArray<string> Flags { get; init; } = [];

    public async Task<Rendered> RenderAsync() => Rendered.Parse((await TemplateAsync()).Succeeded());

    /// <summary>Why helm refuses it.</summary>
    public async Task<string> RefusalAsync()
    {
        var result = await TemplateAsync();
        Assert.NotEqual(0, result.ExitCode);
        return result.Errors;
    }

    public Task<ProgramResult> TemplateAsync() =>
        HelmProgram.RunAsync(Values, ["template", Name, DeployFolder.Chart, "--namespace", Namespace, "--values", "-", .. Flags]);

    public Task<ProgramResult> LintAsync() =>
        HelmProgram.RunAsync(Values, "lint", DeployFolder.Chart, "--strict", "--namespace", Namespace, "--values", "-");
}
