using System.Collections.Immutable;

namespace Scheduler.Buildkite;

/// <summary>A registered stack.</summary>
/// <param name="Key">The stack's key, part of the path of all its calls.</param>
/// <param name="Queue">The queue as it was asked for, perhaps an alias: jobs' queue rules are fitted to it.</param>
/// <param name="QueueKey">The queue as the service calls it, for list calls.</param>
public sealed record StackRegistration(string Key, string Queue, string QueueKey)
{
    /// <summary>UUID of the stack; empty when the service did not say.</summary>
    public string Id { get; init; } = "";

    public string OrganizationUuid { get; init; } = "";

    public string Type { get; init; } = "";

    /// <summary><c>connected</c>, <c>disconnected</c> or <c>lost</c>.</summary>
    public string State { get; init; } = "";

    public ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;
}
