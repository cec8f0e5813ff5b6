using System.Collections.Immutable;
using Scheduler.Core.Identity;

namespace Scheduler.Buildkite;

/// <summary>The outcome of a reservation, each job asked for in exactly one of the three lists.</summary>
/// <param name="Reserved">Ours until the expiry.</param>
/// <param name="NotReserved">Taken by somebody else, ended, or unknown.</param>
/// <param name="Failed">Outcome unknown (it may be reserved), or not asked because of an earlier error. Safe to ask again.</param>
/// <param name="Error">The first error; null exactly when <see cref="Failed"/> is empty.</param>
public sealed record ReserveResult(
    ImmutableArray<JobId> Reserved, ImmutableArray<JobId> NotReserved, ImmutableArray<JobId> Failed, StacksApiException? Error);
