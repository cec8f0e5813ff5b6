using System.Collections.Immutable;

namespace Scheduler.Kubernetes.Options;

/// <summary><c>default-metadata</c> and the plugin's <c>metadata</c> (configuration.md §9.6).</summary>
public sealed record MetadataParams
{
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableDictionary<string, string> Annotations { get; init; } = ImmutableDictionary<string, string>.Empty;
}
