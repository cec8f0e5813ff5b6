using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Leases;

/// <summary>
/// When this process first saw a version of the lease. A lease has run out when its version has not changed for its duration
/// by the observer's own clock, so that no two clocks are ever compared.
/// </summary>
/// <param name="Record">What it said.</param>
/// <param name="SeenAt">When this version was first seen here.</param>
public sealed record LeaseObservation(LeaseRecord Record, Moment SeenAt)
{
    /// <summary>The highest count of transitions seen in any version: a Lease may forget some when it is restored or edited.</summary>
    public long MostTransitions { get; private init; } = Record.Transitions;

    /// <summary>The observation after looking again.</summary>
    public static LeaseObservation Update(LeaseObservation? former, LeaseRecord record, Moment now)
    {
        ArgumentNullException.ThrowIfNull(record);
        return former is null ? new LeaseObservation(record, now)
            : former.Record.Version == record.Version ? former
            : new LeaseObservation(record, now) { MostTransitions = Math.Max(former.MostTransitions, record.Transitions) };
    }

    /// <summary>The one that says more about the present: the later version, or of one version the earlier sighting. Null when both are.</summary>
    public static LeaseObservation? Best(LeaseObservation? one, LeaseObservation? other)
    {
        if (one is null || other is null)
        {
            return one ?? other;
        }

        var (earlier, later) = one.SeenAt <= other.SeenAt ? (one, other) : (other, one);
        var best = earlier.Record.Version == later.Record.Version ? earlier : later;
        return best with { MostTransitions = Math.Max(earlier.MostTransitions, later.MostTransitions) };
    }

    /// <summary>When others than the holder may take it.</summary>
    /// <param name="least">The record's own promise is not believed below this: all holders here use the same duration.</param>
    public Moment FreeFrom(TimeSpan least) =>
        Record.IsFree ? SeenAt : SeenAt + (Record.Duration > least ? Record.Duration : least);
}
