using System.Collections.Frozen;
using System.Text.Json;
using Scheduler.Core.Jobs;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>Buildkite's names and groups of job states (stacks-api.md §15).</summary>
public static class JobStates
{
    /// <summary>Every state that a job can be in.</summary>
    public static IReadOnlyList<JobState> All { get; } = Enum.GetValues<JobState>();

    private static readonly FrozenDictionary<JobState, string> Names =
        All.ToFrozenDictionary(state => state, state => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString()));

    /// <summary>The name in the API, as <c>timing_out</c>.</summary>
    public static string Name(JobState state) => Names[state];

    /// <summary>A job in such a state never changes again.</summary>
    public static bool IsTerminal(JobState state) => state is
        JobState.Finished or JobState.Canceled or JobState.TimedOut or JobState.Expired or JobState.Skipped or JobState.Broken or
        JobState.WaitingFailed or JobState.BlockedFailed or JobState.UnblockedFailed;

    public static bool IsHeldByAgent(JobState state) => state is
        JobState.Assigned or JobState.Accepted or JobState.Running or JobState.Canceling or JobState.TimingOut;
}
