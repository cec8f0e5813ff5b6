using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Leases;

/// <summary>
/// When this process first saw a version of the lease. A lease has run out when its version has not changed for its duration
/// by the observer's own clock, so that no two clocks are ever compared.
/// </summary>
/// <param name="Version">The object's resourceVersion.</param>
/// <param name="SeenAt">When this version was first seen here.</param>
public sealed record LeaseObservation(string Version, Moment SeenAt)
{
    /// <summary>The observation after looking again.</summary>
    public static LeaseObservation Update(LeaseObservation? former, string version, Moment now) =>
        former is not null && former.Version == version ? former : new LeaseObservation(version, now);

    public bool HasRunOut(TimeSpan duration, Moment now) => now - SeenAt >= duration;
}
