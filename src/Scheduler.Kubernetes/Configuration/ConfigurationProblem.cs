namespace Scheduler.Kubernetes.Configuration;

/// <summary>One thing wrong with the configuration.</summary>
/// <param name="Key">The key's path in the file, <c>pod-spec-patch.containers[0].image</c>; empty when it is about the file as a whole.</param>
/// <param name="Value">The value, short; null when there is none to show or it is secret.</param>
/// <param name="Problem">What is wrong: one sentence that names key and value, without full stop.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="Source">Where the value comes from.</param>
/// <param name="Origin">The same for people: <c>flag --max-in-flight</c>, <c>environment variable TAGS</c>, the file's name.</param>
public sealed record ConfigurationProblem(
    string Key, string? Value, string Problem, string Remedy, ConfigurationSource Source, string Origin)
{
    /// <summary>One line.</summary>
    public override string ToString() => Source == ConfigurationSource.Default ? $"{Problem}; {Remedy}" : $"{Problem}; {Remedy} ({Origin})";
}
