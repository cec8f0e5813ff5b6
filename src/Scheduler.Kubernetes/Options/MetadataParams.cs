using System.Collections.Immutable;

namespace Scheduler.Kubernetes.Options;

/// <summary><c>default-metadata</c> and the plugin's <c>metadata</c> (configuration.md §9.6).</summary>
public sealed record MetadataParams
{
    [Meaning("labels of Job and pod")]
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    [Meaning("annotations of Job and pod")]
    public ImmutableDictionary<string, string> Annotations { get; init; } = ImmutableDictionary<string, string>.Empty;
}
