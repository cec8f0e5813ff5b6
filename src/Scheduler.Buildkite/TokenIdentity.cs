using System.Text.Json.Serialization;

namespace Scheduler.Buildkite;

/// <summary>What the service says of the agent token (stacks-api.md §2). Any of it may be missing.</summary>
public sealed record TokenIdentity
{
    public string? Uuid { get; init; }

    public string? Description { get; init; }

    public string? TokenType { get; init; }

    public string? OrganizationSlug { get; init; }

    public string? OrganizationUuid { get; init; }

    public string? ClusterUuid { get; init; }

    public string? ClusterName { get; init; }

    /// <summary>Set when the token reaches one queue only.</summary>
    [JsonPropertyName("organization_queue_uuid")]
    public string? QueueUuid { get; init; }

    /// <summary>Set when the token reaches one queue only.</summary>
    [JsonPropertyName("organization_queue_key")]
    public string? QueueKey { get; init; }

    /// <summary>Whether the token belongs to a cluster; the Stacks API works with no other.</summary>
    [JsonIgnore]
    public bool IsClustered => !string.IsNullOrEmpty(ClusterUuid);
}
