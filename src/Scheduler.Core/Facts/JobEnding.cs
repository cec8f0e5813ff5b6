namespace Scheduler.Core.Facts;

/// <summary>Why a Kubernetes Job has ended, or is about to.</summary>
/// <param name="Type"><c>Complete</c> or <c>Failed</c>; <c>FailureTarget</c> or <c>SuccessCriteriaMet</c> while its pods still end.</param>
/// <param name="Reason">Such as <c>BackoffLimitExceeded</c> or <c>DeadlineExceeded</c>.</param>
/// <param name="Message">More about the reason.</param>
public sealed record JobEnding(string Type, string? Reason, string? Message);
