using Scheduler.Core.Ledger;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Limiter;

/// <summary>A claim that is answered once the lease is known to have been held after it came.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Ticket">Who is to be answered.</param>
/// <param name="Until">When its sender does not listen any more.</param>
/// <param name="IsCovered">It came before the renewal that is under way was sent.</param>
internal sealed record WaitingClaim(Claim Claim, long Ticket, Identity.Moment Until, bool IsCovered);

/// <summary>The answer to a claim: <see cref="LedgerEffect.Grant"/> or <see cref="LedgerEffect.Deny"/>.</summary>
/// <param name="Ticket">To whom.</param>
/// <param name="Answer">What.</param>
public readonly record struct ClaimAnswer(long Ticket, LedgerEffect Answer);
