using System.Collections.Immutable;
using k8s.Models;

namespace Scheduler.Rendering;

/// <summary>What one job would get.</summary>
/// <param name="Job">The Kubernetes Job; null when there would be none.</param>
/// <param name="Error">What the Buildkite job would be failed with; null when it would run.</param>
/// <param name="Warnings">What its author should know.</param>
internal sealed record RenderResult(V1Job? Job, string? Error, ImmutableArray<string> Warnings)
{
    public static RenderResult Failed(string error, params ImmutableArray<string> warnings) => new(null, error, warnings);
}
