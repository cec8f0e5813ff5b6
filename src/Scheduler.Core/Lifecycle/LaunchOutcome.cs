using System.Collections.Immutable;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Lifecycle;

/// <summary>How one attempt to create a job's Kubernetes Job ended.</summary>
public abstract record LaunchOutcome
{
    private LaunchOutcome()
    {
    }

    /// <summary>What looks like a mistake in the job's definition and did not keep it from being built; for its author.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>What stands in the way for now and is no secret of ours: the job's author is told why the job waits. Null = nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>The grant was claimed for this launch, so that nobody else can have used it.</summary>
    public bool IsClaimed { get; init; }

    /// <summary>The Kubernetes Job exists and was created with this grant.</summary>
    public sealed record Created(string Name, string Uid) : LaunchOutcome;

    /// <summary>
    /// An unfinished Kubernetes Job of this job exists already. The grant is kept: it counts for that Job until the limiter knows
    /// of it, and the Job may even be this grant's own, created by a request that was repeated on its way.
    /// </summary>
    public sealed record AlreadyThere(string Name) : LaunchOutcome;

    /// <summary>Nothing was created with the grant, for certain, so it is given back.</summary>
    public sealed record NothingCreated(LaunchOutlook Outlook, string Why) : LaunchOutcome;

    /// <summary>Nothing was created, and nothing ever will be: the job is to be failed.</summary>
    /// <param name="Detail">Why, for the author of the pipeline.</param>
    public sealed record Impossible(string Detail) : LaunchOutcome;

    /// <summary>
    /// Nobody knows whether the Kubernetes Job was created, or somebody else has the grant: it is left to the limiter to find
    /// out once the grant has run out.
    /// </summary>
    public sealed record InDoubt(string Why) : LaunchOutcome;
}
