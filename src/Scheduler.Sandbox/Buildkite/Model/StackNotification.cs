namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>A line that a stack added to a job's timeline.</summary>
public sealed record StackNotification(string Detail, DateTimeOffset Timestamp);
