using System.Globalization;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Simulation.Model;

/// <summary>The Lease object of the limiter on the API server.</summary>
internal sealed class LeaseModel(World world)
{
    private readonly List<(LeaseRecord Record, long At)> _history = [];

    public LeaseRecord? Current { get; private set; }

    /// <summary>Somebody edits it.</summary>
    public void Edit(int transitions)
    {
        if (Current is { } known)
        {
            Write(known with { Transitions = known.Transitions + transitions });
        }
    }

    /// <summary>It is as it was at a moment. Returns the revision of that.</summary>
    public long Restore(long to)
    {
        _history.RemoveAll(written => written.At > to);
        Current = _history.Count > 0 ? _history[^1].Record : null;
        FencedEpoch = Current?.Transitions ?? 0;
        return Current is null ? 1 : long.Parse(Current.Version, CultureInfo.InvariantCulture);
    }

    /// <summary>The lowest epoch whose creates the API server lets pass. It learns of a new one a moment late.</summary>
    public long FencedEpoch { get; private set; }

    /// <summary>Carries out a write; null when the lease is not at that version.</summary>
    public LeaseRecord? Write(LeaseRecord wanted)
    {
        if ((Current?.Version ?? "") != wanted.Version)
        {
            return null;
        }

        if (world.IsTraced && (Current?.Holder != wanted.Holder || Current.Transitions != wanted.Transitions))
        {
            world.Note($"KUBERNETES: the lease goes from '{Current?.Holder}' to '{wanted.Holder}', epoch {wanted.Transitions}");
        }

        if (Current?.Transitions != wanted.Transitions)
        {
            world.After(world.Dice.Number(0, 200), () => FencedEpoch = Current?.Transitions ?? 0);
        }

        Current = wanted with { Version = world.Kubernetes.NextRevision().ToString(CultureInfo.InvariantCulture) };
        _history.Add((Current, world.Now));
        return Current;
    }
}
