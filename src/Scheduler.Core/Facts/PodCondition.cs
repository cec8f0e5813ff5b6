namespace Scheduler.Core.Facts;

/// <summary>A pod's condition, such as PodScheduled=False with its reason.</summary>
public sealed record PodCondition(string Type, string Status, string? Reason, string? Message);
