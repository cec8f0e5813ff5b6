namespace Scheduler.Kubernetes.Configuration.Yaml;

/// <summary>Why a text is no YAML that can be used, and where.</summary>
internal sealed record YamlProblem(TextPlace Place, string Message)
{
    public override string ToString() => FormattableString.Invariant($"line {Place.Line}, column {Place.Column}: {Message}");
}
