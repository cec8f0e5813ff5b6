using System.Collections.Immutable;
using Scheduler.Core.Identity;

namespace Scheduler.Core.Jobs;

/// <summary>One line of Buildkite's list of scheduled jobs: enough to decide whether and when to run the job.</summary>
/// <param name="Id">The job.</param>
/// <param name="Priority">Higher goes first; 0 unless the pipeline says otherwise.</param>
/// <param name="ScheduledAt">When Buildkite made the job ready to run; older goes first among equal priorities.</param>
/// <param name="AgentQueryRules">The tags the job asks for, each as <c>key=value</c>.</param>
public sealed record ScheduledJob(JobId Id, int Priority, DateTimeOffset ScheduledAt, ImmutableArray<string> AgentQueryRules);
