using System.Collections.Immutable;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>The keys at one place of the file.</summary>
/// <param name="Path">The place, as <c>agent-config.additional-hooks[]</c>.</param>
/// <param name="Keys">In the order of the record.</param>
public sealed record NestedGroup(string Path, ImmutableArray<NestedKey> Keys);
