using System.Collections.Immutable;
using Scheduler.Core.Identity;

namespace Scheduler.Core.Protocol;

/// <summary>
/// JobFetcher to the job's actor: the job is reserved and has a token, create its Kubernetes Job. The actor claims the
/// grant before it creates anything, so this message carries no deadline.
/// </summary>
/// <param name="Job">The job.</param>
/// <param name="Grant">The token it may use.</param>
/// <param name="Priority">Buildkite's priority, for the Job's annotation.</param>
/// <param name="AgentQueryRules">The tags the job asks for; only the list of scheduled jobs has them.</param>
public sealed record Run(JobId Job, GrantId Grant, int Priority, ImmutableArray<string> AgentQueryRules) : ICrossesNodes, IAboutJob
{
    /// <summary>Time from the job's first listing to this message, for its trace; null when not known.</summary>
    public TimeSpan? SinceListed { get; init; }

    /// <summary>Time from the grant to this message, likewise.</summary>
    public TimeSpan? SinceGranted { get; init; }
}

/// <summary>Job actor to JobFetcher: the Kubernetes Job exists, so the reservation may be extended to its full length.</summary>
public sealed record Launched(JobId Job) : ICrossesNodes, IAboutJob;

/// <summary>Job actor to JobFetcher: nothing was, or is known to be, created for this <see cref="Run"/>.</summary>
/// <param name="Job">The job.</param>
/// <param name="Outlook">What to do with it.</param>
public sealed record NotLaunched(JobId Job, LaunchOutlook Outlook) : ICrossesNodes, IAboutJob;

public enum LaunchOutlook
{
    /// <summary>The job has ended at Buildkite, or was failed there: forget it.</summary>
    Over,

    /// <summary>A passing fault: worth another token, after a pause.</summary>
    TryAgain,
}
