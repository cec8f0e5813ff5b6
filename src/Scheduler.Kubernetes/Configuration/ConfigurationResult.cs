using System.Collections.Immutable;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>The configuration, or all that is wrong with it.</summary>
/// <param name="Options">Null if there are problems.</param>
/// <param name="Problems">Why it cannot be used; all at once.</param>
/// <param name="Warnings">What works but is hardly meant.</param>
/// <param name="Sources">Where each value comes from, by file key; keys left at their defaults are missing.</param>
public sealed record ConfigurationResult(
    ControllerOptions? Options,
    ImmutableArray<ConfigurationProblem> Problems,
    ImmutableArray<ConfigurationProblem> Warnings,
    ImmutableDictionary<string, ConfigurationSource> Sources)
{
    /// <summary>Null unless the file was a values file of the Helm chart.</summary>
    public ValuesNote? Values { get; init; }
}
