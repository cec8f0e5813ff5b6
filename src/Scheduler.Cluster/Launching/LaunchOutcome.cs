using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Launching;

/// <summary>How one attempt to create a job's Kubernetes Job ended.</summary>
public abstract record LaunchOutcome
{
    private LaunchOutcome()
    {
    }

    /// <summary>The Kubernetes Job exists and was created with this grant.</summary>
    public sealed record Created(string Name) : LaunchOutcome;

    /// <summary>An unfinished Kubernetes Job of this job exists already; the grant is not needed.</summary>
    public sealed record AlreadyThere(string Name) : LaunchOutcome;

    /// <summary>Nothing was created with the grant, for certain, so it is given back.</summary>
    public sealed record NothingCreated(LaunchOutlook Outlook, string Why) : LaunchOutcome;

    /// <summary>
    /// Nobody knows whether the Kubernetes Job was created, or somebody else has the grant: it is left to the limiter to find
    /// out once the grant has run out.
    /// </summary>
    public sealed record InDoubt(string Why) : LaunchOutcome;
}
