using System.Collections.Immutable;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>The file was a values file of the Helm chart.</summary>
/// <param name="FileName">The file.</param>
/// <param name="OfTheRelease">Keys that the release decides and nobody has set: they have the program's defaults here.</param>
public sealed record ValuesNote(string FileName, ImmutableArray<string> OfTheRelease)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => $"{FileName} is a values file of the Helm chart: its config is read, with the chart's defaults";
}
