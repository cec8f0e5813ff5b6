using System.Globalization;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Simulation.Model;

/// <summary>The Lease object of the limiter on the API server.</summary>
internal sealed class LeaseModel(World world)
{
    public LeaseRecord? Current { get; private set; }

    /// <summary>Carries out a write; null when the lease is not at that version.</summary>
    public LeaseRecord? Write(LeaseRecord wanted)
    {
        if ((Current?.Version ?? "") != wanted.Version)
        {
            return null;
        }

        if (world.IsTraced && Current?.Holder != wanted.Holder)
        {
            world.Note($"KUBERNETES: the lease goes from '{Current?.Holder}' to '{wanted.Holder}', epoch {wanted.Transitions}");
        }

        Current = wanted with { Version = world.Kubernetes.NextRevision().ToString(CultureInfo.InvariantCulture) };
        return Current;
    }
}
