using Scheduler.Cluster.Limiter;
using Scheduler.Management.Questions;

namespace Scheduler.Management.Limiter;

/// <summary>The limiter's books.</summary>
/// <param name="Node">The node it is on.</param>
/// <param name="Phase">acquiring, recovering, granting or draining.</param>
/// <param name="Limit">0 = unlimited.</param>
/// <param name="InFlight">Tokens taken.</param>
/// <param name="Free">Absent when unlimited.</param>
/// <param name="Waiters">Jobs asking for a token.</param>
/// <param name="Epoch">Absent while no lease is held.</param>
/// <param name="LeaseHolder">Absent likewise, and for readers without a token.</param>
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
    /// <summary>Why this is not current; absent when it is.</summary>
    public string? Message { get; init; }

    /// <summary>When this was said.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>How long ago that was, when it was asked for.</summary>
    public double AgeSeconds { get; init; }

    /// <summary>True when it does not answer now, so that this is what it said before; absent else.</summary>
    public bool? Stale { get; init; }

    /// <summary>Null when it never answered.</summary>
    public static LimiterDocument? Of(Reading<LimiterStatus> reading) => reading.Value is { } status
        ? Of(status) with { AsOf = reading.AsOf, AgeSeconds = Math.Round(reading.Age.TotalSeconds, 1), Stale = reading.IsAnswered ? null : true }
        : null;

    /// <summary>For readers without a token: no grant, which whoever knows it could return, and not the lease's holder.</summary>
    public LimiterDocument WithoutIdentities() => this with
    {
        LeaseHolder = null,
        Holders = [.. Holders.Select(holder => holder with { Grant = null })],
    };

    private static LimiterDocument Of(LimiterStatus status) => new(
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
