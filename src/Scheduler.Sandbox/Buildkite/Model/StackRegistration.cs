using System.Collections.Immutable;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>A stack as registered (stacks-api.md §3). Registering the key again keeps the id.</summary>
public sealed record StackRegistration
{
    public required Guid Id { get; init; }

    public required string Key { get; init; }

    public required string Type { get; init; }

    /// <summary>As the stack gave it, aliases of the default queue unresolved.</summary>
    public required string QueueKey { get; init; }

    public required ImmutableDictionary<string, string> Metadata { get; init; }

    public required DateTimeOffset LastConnected { get; init; }
}
