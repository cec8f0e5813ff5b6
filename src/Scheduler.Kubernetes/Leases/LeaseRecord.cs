namespace Scheduler.Kubernetes.Leases;

/// <summary>What a Lease object says.</summary>
/// <param name="Holder">The identity of its holder; empty when it is free.</param>
/// <param name="Duration">How long it is good without being renewed, as its holder promised.</param>
/// <param name="Transitions">How often it was taken.</param>
/// <param name="Version">The object's resourceVersion; changes with every write.</param>
public sealed record LeaseRecord(string Holder, TimeSpan Duration, long Transitions, string Version)
{
    public bool IsFree => Holder.Length == 0;
}
