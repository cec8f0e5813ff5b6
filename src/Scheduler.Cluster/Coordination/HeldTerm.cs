using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Cluster.Coordination;

/// <summary>The term of a lease while it is held: written by its keeper, read by whoever asks whether it is held.</summary>
internal sealed class HeldTerm
{
    private volatile LeaseTerm? _term;

    /// <summary>Null = not held.</summary>
    public LeaseTerm? Value
    {
        get => _term;
        set => _term = value;
    }

    /// <summary>Certainly held: by both clocks of this process its end has not come, even if nobody has noticed yet.</summary>
    public bool IsValidAt(ClockReading now) => _term is { } term && term.IsValidAt(now);
}
