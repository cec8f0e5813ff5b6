using System.Collections.Immutable;
using Scheduler.Core.Ledger;

namespace Scheduler.Core.Limiter;

/// <summary>The limiter after an input.</summary>
/// <param name="Core">The new state.</param>
/// <param name="Told">What is to be told because of it, in order.</param>
/// <param name="Calls">What is to be called, in order.</param>
public readonly record struct LimiterStep(LimiterCore Core, ImmutableList<LedgerEffect> Told, ImmutableArray<LimiterCall> Calls)
{
    /// <summary>Answers to claims, this one's or earlier ones'.</summary>
    public ImmutableArray<ClaimAnswer> Answers { get; init; } = [];
}
