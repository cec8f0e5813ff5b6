using System.Collections.Immutable;

namespace Scheduler.Core.Ledger;

/// <summary>The ledger after an input, and what is to be told because of it, in order.</summary>
public readonly record struct LedgerStep(TokenLedger Ledger, ImmutableList<LedgerEffect> Effects);
