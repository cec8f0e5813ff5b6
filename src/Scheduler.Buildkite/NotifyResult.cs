using System.Collections.Immutable;

namespace Scheduler.Buildkite;

/// <summary>The outcome of sending notifications; what is in neither list was accepted.</summary>
/// <param name="Rejected">Refused one by one; sending them again is useless.</param>
/// <param name="Failed">Sent in requests that failed, or not sent because of an earlier error; they may have been accepted.</param>
/// <param name="Error">The first error; null exactly when <see cref="Failed"/> is empty.</param>
public sealed record NotifyResult(
    ImmutableArray<RejectedNotification> Rejected, ImmutableArray<StackNotification> Failed, StacksApiException? Error);
