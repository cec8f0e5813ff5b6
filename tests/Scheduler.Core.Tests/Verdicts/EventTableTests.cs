using Scheduler.Core.Facts;
using Scheduler.Core.Verdicts;
using static Scheduler.Core.Tests.Verdicts.Given;

namespace Scheduler.Core.Tests.Verdicts;

public sealed class EventTableTests
{
    [Fact]
    public void NoEventsAreSaidInWords() => Assert.Equal("Events: none", EventTable.Draw([]));

    [Fact]
    public void EventsShowWhenHowOftenAndWhat()
    {
        var table = EventTable.Draw(
        [
            new EventFact("Normal", "Once", "short") { FirstSeen = Noon },
            new EventFact("Warning", "Often", "again") { FirstSeen = Noon, LastSeen = Noon.AddMinutes(3), Count = 4 },
            new EventFact("Warning", "Series", "and again") { FirstSeen = Noon, LastSeen = Noon.AddSeconds(185), Count = 7, IsSeries = true },
            new EventFact("Normal", "Unknown", "when"),
        ]);
        Assert.Equal(
            """
            ╭──────────────────────┬──────────────┬─────────┬─────────┬───────────╮
            │ LAST EVENT           │ REPEATED     │ TYPE    │ REASON  │ MESSAGE   │
            ├──────────────────────┼──────────────┼─────────┼─────────┼───────────┤
            │ 2026-11-24T12:00:00Z │ -            │ Normal  │ Once    │ short     │
            │ 2026-11-24T12:03:00Z │ x4           │ Warning │ Often   │ again     │
            │ 2026-11-24T12:03:05Z │ x7 over 3m5s │ Warning │ Series  │ and again │
            │ -                    │ -            │ Normal  │ Unknown │ when      │
            ╰──────────────────────┴──────────────┴─────────┴─────────┴───────────╯
            """,
            table);
    }

    [Fact]
    public void LongMessagesAreWrappedAtFiftyColumns()
    {
        var table = EventTable.Draw([new EventFact("Warning", "R", "one two three four five six seven eight nine ten eleven twelve")]);
        Assert.Contains("│ one two three four five six seven eight nine ten │", table, StringComparison.Ordinal);
        Assert.Contains("│ eleven twelve                                    │", table, StringComparison.Ordinal);
    }
}
