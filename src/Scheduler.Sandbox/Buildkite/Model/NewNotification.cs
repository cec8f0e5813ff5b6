namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>One entry of a notification call as it arrived.</summary>
/// <param name="JobUuid">Any text; checked later.</param>
/// <param name="Detail">Empty when missing.</param>
/// <param name="Timestamp">Null when the caller left it to the server.</param>
public sealed record NewNotification(string JobUuid, string Detail, DateTimeOffset? Timestamp);
