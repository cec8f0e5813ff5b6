using Scheduler.Core.Identity;

namespace Scheduler.Core.Jobs;

/// <summary>What Buildkite says of one job when it is about to run ("get job" of the Stacks API).</summary>
/// <param name="Id">The job.</param>
/// <param name="Command">The step's command; may be empty or many lines.</param>
/// <param name="Env">The job's environment, the plugins' configuration among it (<c>BUILDKITE_PLUGINS</c>).</param>
public sealed record BuildkiteJob(JobId Id, string Command, IReadOnlyDictionary<string, string> Env);
