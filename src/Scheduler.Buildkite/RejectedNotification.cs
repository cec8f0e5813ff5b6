namespace Scheduler.Buildkite;

/// <summary>A notification the service refused, and why, in its own words.</summary>
public sealed record RejectedNotification(StackNotification Notification, string Error);
