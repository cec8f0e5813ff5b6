using Scheduler.Core.Facts;

namespace Scheduler.Kubernetes.Events;

/// <summary>From an Event as sent to what this program remembers of it. Which of its many times counts: controller-behaviour.md §11.4.</summary>
internal static class EventReading
{
    public static EventFact Read(ReportWire report)
    {
        var first = report.EventTime ?? report.FirstTimestamp;
        var count = report.Series?.Count ?? report.Count ?? 1;
        return new EventFact(report.Type ?? "", report.Reason ?? "", report.Message ?? "")
        {
            FirstSeen = first,
            LastSeen = report.Series?.LastObservedTime ?? (count > 1 ? report.LastTimestamp : null) ?? first,
            Count = Math.Max(1, count),
            IsSeries = report.Series is not null,
        };
    }
}
