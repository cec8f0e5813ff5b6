using System.Collections.Immutable;
using Scheduler.Kubernetes.Configuration.Yaml;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Pipelines;

/// <summary>
/// Checks the kubernetes plugins of a pipeline file. Nothing else of the file is judged, but for what keeps a plugin from being
/// found. Pure, and no text makes it throw.
/// </summary>
public static class PipelineLint
{
    /// <summary>Of a hopeless file, the first ones say enough.</summary>
    private const int MostFindings = 200;

    /// <param name="text">YAML or JSON.</param>
    /// <param name="options">The configuration of the controller that is to run the pipeline.</param>
    public static PipelineReport Check(string text, ControllerOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!YamlText.TryParse(text, YamlWords.Pipeline, out var root, out var problem))
        {
            return new PipelineReport([new PipelineFinding(problem.Place, $"this is not YAML: {problem.Message}")], 0);
        }

        var steps = new PipelineSteps();
        steps.Read(root);

        // A plugin that several steps take from one anchor is one plugin to its author.
        ImmutableArray<PipelineFinding> findings =
        [
            .. steps.Findings.Concat(steps.Plugins.Distinct().SelectMany(plugin => PluginReview.Of(plugin, options, MostFindings + 1)))
                .Distinct()
                .OrderBy(finding => (finding.Place.Line, finding.Place.Column)),
        ];
        return new PipelineReport(findings.Length <= MostFindings ? findings : Cut(findings), steps.Plugins.Count);
    }

    private static ImmutableArray<PipelineFinding> Cut(ImmutableArray<PipelineFinding> findings) =>
    [
        .. findings[..MostFindings],
        new PipelineFinding(
            findings[MostFindings].Place, "there is more from here on, which is not shown", findings[MostFindings..].Any(finding => finding.IsError)),
    ];
}
