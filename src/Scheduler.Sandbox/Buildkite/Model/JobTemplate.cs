using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>All that jobs of one build and step have in common, shared between them.</summary>
public sealed record JobTemplate
{
    /// <summary>The key of an existing queue, aliases resolved.</summary>
    public required string Queue { get; init; }

    public required string Command { get; init; }

    /// <summary>The whole environment except the job's own id.</summary>
    public required FrozenDictionary<string, string> Env { get; init; }

    public required ImmutableArray<string> AgentQueryRules { get; init; }

    public required string PipelineSlug { get; init; }

    public required string PipelineUuid { get; init; }

    public required string BuildUuid { get; init; }

    public required int BuildNumber { get; init; }

    public required string Branch { get; init; }

    public string? StepKey { get; init; }
}
