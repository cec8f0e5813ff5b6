namespace Scheduler.Core.Facts;

/// <summary>How a container ended.</summary>
/// <param name="ExitCode">0 = success.</param>
/// <param name="Signal">0 = none.</param>
/// <param name="Reason">Such as <c>Completed</c>, <c>Error</c>, <c>OOMKilled</c>.</param>
/// <param name="Message">Null when there is none.</param>
/// <param name="FinishedAt">When, by the node's clock.</param>
public sealed record ContainerTerminated(int ExitCode, int Signal, string Reason, string? Message, DateTimeOffset? FinishedAt);
