using Scheduler.Core.Verdicts;

namespace Scheduler.Core.Lifecycle;

/// <summary>A job being failed at Buildkite.</summary>
/// <param name="Then">What to clear away once that is done.</param>
/// <param name="Why">What for.</param>
public sealed record PendingReport(CleanUp Then, CleanUpReason Why);
