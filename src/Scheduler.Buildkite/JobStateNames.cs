using System.Collections.Frozen;
using System.Text.Json;
using Scheduler.Core.Jobs;

namespace Scheduler.Buildkite;

/// <summary>The names of job states on the wire: the members of <see cref="JobState"/> in snake_case (stacks-api.md §15).</summary>
public static class JobStateNames
{
    private static readonly FrozenDictionary<string, JobState> ByName = Enum.GetValues<JobState>()
        .Where(state => state != JobState.Unknown)
        .ToFrozenDictionary(NameOf, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<JobState, string> Names = ByName.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary><see cref="JobState.Unknown"/> for a name that is not listed.</summary>
    public static JobState Parse(string? name) => name is not null && ByName.TryGetValue(name, out var state) ? state : JobState.Unknown;

    /// <summary>The empty text for <see cref="JobState.Unknown"/>.</summary>
    public static string ToWireName(this JobState state) => Names.GetValueOrDefault(state, "");

    private static string NameOf(JobState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());
}
