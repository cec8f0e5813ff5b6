using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Leases;

/// <summary>What to do about a lease that one would like to hold.</summary>
public abstract record LeaseDecision
{
    private LeaseDecision()
    {
    }

    /// <summary>There is no Lease object: make one that says this.</summary>
    public sealed record Create(long Transitions) : LeaseDecision;

    /// <summary>Overwrite exactly this version.</summary>
    public sealed record Take(string Version, long Transitions) : LeaseDecision;

    /// <summary>Somebody else holds it, or may.</summary>
    public sealed record Wait(Moment Until) : LeaseDecision;
}
