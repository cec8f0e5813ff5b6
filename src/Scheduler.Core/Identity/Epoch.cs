namespace Scheduler.Core.Identity;

/// <summary>
/// Numbers the reigns of the limiter: the transition count of the lease it holds. A later limiter has a higher epoch,
/// and every Kubernetes Job carries the epoch it was granted under.
/// </summary>
public readonly record struct Epoch(long Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
