using Scheduler.Core.Identity;

namespace Scheduler.Core.Ledger;

/// <summary>The right to make grants: the term of the limiter's lease. Without it the ledger keeps books but grants nothing.</summary>
/// <param name="Epoch">The lease's transition count.</param>
/// <param name="ValidUntil">No grant may outlive this moment.</param>
public sealed record GrantAuthority(Epoch Epoch, Moment ValidUntil);
