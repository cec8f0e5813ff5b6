using System.Collections.Immutable;

namespace Scheduler.Kubernetes.Pipelines;

/// <summary>What there is to say of one pipeline file.</summary>
/// <param name="Findings">In the order of the text.</param>
/// <param name="Plugins">Kubernetes plugins in it.</param>
public sealed record PipelineReport(ImmutableArray<PipelineFinding> Findings, int Plugins)
{
    public int Errors => Findings.Count(finding => finding.IsError);

    public int Warnings => Findings.Length - Errors;
}
