using Scheduler.Cluster.Limiter;

namespace Scheduler.Management.Limiter;

/// <summary>The limiter's books.</summary>
/// <param name="Node">The node it is on.</param>
/// <param name="Phase">acquiring, recovering, granting or draining.</param>
/// <param name="Limit">0 = unlimited.</param>
/// <param name="InFlight">Tokens taken.</param>
/// <param name="Free">Absent when unlimited.</param>
/// <param name="Waiters">Jobs asking for a token.</param>
/// <param name="Epoch">Absent while no lease is held.</param>
/// <param name="LeaseHolder">Absent likewise.</param>
/// <param name="Holders">Oldest first.</param>
/// <param name="HoldersOmitted">How many more there are.</param>
internal sealed record LimiterDocument(
    string Node,
    string Phase,
    int Limit,
    int InFlight,
    int? Free,
    int Waiters,
    long? Epoch,
    string? LeaseHolder,
    IReadOnlyList<HolderDocument> Holders,
    int HoldersOmitted)
{
    public static LimiterDocument Of(LimiterStatus status) => new(
        status.Node,
        status.Phase.ToString().ToLowerInvariant(),
        status.Limit,
        status.InFlight,
        status.Limit == 0 ? null : status.Free,
        status.Waiters,
        status.Epoch?.Value,
        status.LeaseHolder,
        [.. status.Holders.Select(HolderDocument.Of)],
        status.InFlight - status.Holders.Length);
}
