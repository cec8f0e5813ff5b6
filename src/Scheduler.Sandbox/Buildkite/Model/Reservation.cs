namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>A stack's claim on a job.</summary>
/// <param name="StackKey">The stack that holds it.</param>
/// <param name="Since">When this stack first reserved the job without a break.</param>
/// <param name="ExpiresAt">When the job goes back to the list unless the reservation is extended.</param>
public sealed record Reservation(string StackKey, DateTimeOffset Since, DateTimeOffset ExpiresAt);
