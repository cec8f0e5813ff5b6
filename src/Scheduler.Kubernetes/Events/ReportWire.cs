namespace Scheduler.Kubernetes.Events;

/// <summary>An Event as the API server sends it, reduced to the fields that are needed.</summary>
internal sealed record ReportWire(
    string? Type,
    string? Reason,
    string? Message,
    int? Count,
    DateTimeOffset? FirstTimestamp,
    DateTimeOffset? LastTimestamp,
    DateTimeOffset? EventTime,
    SeriesWire? Series);

internal sealed record SeriesWire(int? Count, DateTimeOffset? LastObservedTime);
