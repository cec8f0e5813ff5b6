using System.Text.RegularExpressions;

namespace Scheduler.Sandbox.Kubernetes.Faults;

/// <summary>Which requests a fault befalls. Of several rules that match, the one added first applies.</summary>
/// <param name="Fault">What goes wrong.</param>
public sealed record FaultRule(Fault Fault)
{
    /// <summary>get, list, watch, create, update, patch, delete or deletecollection; null for any.</summary>
    public string? Verb { get; init; }

    /// <summary>The plural, such as <c>jobs</c>, or with the subresource, such as <c>pods/status</c>; null for any.</summary>
    public string? Resource { get; init; }

    /// <summary>A regular expression found in the object's name (of creates: metadata.name or else generateName); null for any.</summary>
    public string? NamePattern { get; init; }

    /// <summary>How many requests it befalls before it is used up, at least 1.</summary>
    public int Times { get; init; } = 1;

    internal bool Matches(string verb, string resource, string name) =>
        (Verb is null || Verb == verb)
        && (Resource is null || Resource == resource)
        && (NamePattern is null || Regex.IsMatch(name, NamePattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
}
