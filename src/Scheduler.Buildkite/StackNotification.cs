using Scheduler.Core.Identity;

namespace Scheduler.Buildkite;

/// <summary>A line for a job's timeline.</summary>
/// <param name="Job">The job; it takes at most 100 notifications, and none once it ended more than 300 s ago.</param>
/// <param name="Detail">The text; cropped to 255 bytes of UTF-8 when sent, refused by the service when empty.</param>
/// <param name="Timestamp">When it happened; null lets the service use its own clock. One in the service's future is refused.</param>
public sealed record StackNotification(JobId Job, string Detail, DateTimeOffset? Timestamp);
