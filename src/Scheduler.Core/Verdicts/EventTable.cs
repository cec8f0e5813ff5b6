using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Core.Facts;
using Scheduler.Core.Text;

namespace Scheduler.Core.Verdicts;

/// <summary>The events about a Kubernetes Job, for the author of a pipeline (controller-behaviour.md §11.4).</summary>
public static class EventTable
{
    private const int MessageWidth = 50;

    /// <summary><c>Events: none</c> when there is none.</summary>
    public static string Draw(IReadOnlyCollection<EventFact> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.Count == 0 ? "Events: none" : BoxTable.Draw(["LAST EVENT", "REPEATED", "TYPE", "REASON", "MESSAGE"], events.Select(Row));
    }

    /// <summary>In place of the table when the events cannot be listed.</summary>
    public static string Unavailable(string why) => $"The events of the Kubernetes job could not be listed: {PlainText.Line(why)}";

    private static ImmutableArray<string> Row(EventFact fact) =>
        [Time(fact), Repeated(fact), fact.Type, fact.Reason, WrappedText.At(MessageWidth, fact.Message.Trim())];

    private static string Time(EventFact fact)
    {
        var repeats = fact.IsSeries || fact.Count > 1;
        var time = repeats ? fact.LastSeen ?? fact.FirstSeen : fact.FirstSeen ?? fact.LastSeen;
        return time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
    }

    private static string Repeated(EventFact fact)
    {
        var count = string.Create(CultureInfo.InvariantCulture, $"x{fact.Count}");
        return fact switch
        {
            { IsSeries: true, FirstSeen: { } first, LastSeen: { } last } => $"{count} over {HumanDuration.Rough(last - first)}",
            { IsSeries: true } or { Count: > 1 } => count,
            _ => "-",
        };
    }
}
