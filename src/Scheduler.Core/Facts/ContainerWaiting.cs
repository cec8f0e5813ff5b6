namespace Scheduler.Core.Facts;

/// <summary>Why a container does not run yet, such as <c>ImagePullBackOff</c>.</summary>
public sealed record ContainerWaiting(string Reason, string? Message);
