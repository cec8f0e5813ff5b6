namespace Scheduler.Core.Backlog;

/// <summary>
/// Where we are in Buildkite's list of waiting jobs. The tail cursor stays on the last page, so that a new job is seen at the
/// next poll however long the list is; the sweep cursor walks the whole list again and again. A list of one page is both at
/// once. Immutable.
/// </summary>
public sealed record ListCursors
{
    /// <summary>Pages the tail may read in one poll; the rest of a long catch-up follows in the next poll.</summary>
    private const int MostTailPages = 8;

    /// <summary>Nothing read yet. Also the state to fall back to when a poll failed: the cursors may be what the server objects to.</summary>
    public static ListCursors Start { get; } = new();

    /// <summary>Read after this to see the last page known; null while that is the first one.</summary>
    public string? Tail { get; private init; }

    /// <summary>Read after this to go on with the sweep.</summary>
    public string? Sweep { get; private init; }

    /// <summary>The end of the list has been reached at least once.</summary>
    public bool TailReached { get; private init; }

    /// <summary>What to read next in this poll; null when the poll is done.</summary>
    public PageRequest? Next { get; private init; }

    private int TailPagesLeft { get; init; }

    private int SweepPagesLeft { get; init; }

    /// <summary>True while the tail walk began at the first page: reaching the end then makes it a complete sweep.</summary>
    private bool TailFromStart { get; init; } = true;

    /// <summary>Begins a poll that reads new jobs at the end and up to <paramref name="sweepPages"/> pages of the sweep.</summary>
    public ListCursors BeginPoll(int sweepPages) => this with
    {
        TailPagesLeft = MostTailPages,
        SweepPagesLeft = sweepPages,
        TailFromStart = Tail is null || (TailFromStart && !TailReached),
        Next = new PageRequest(PageWalk.Tail, Tail),
    };

    /// <summary>The page asked for by <see cref="Next"/> has arrived.</summary>
    /// <returns>The cursors after it, and whether a walk over the whole list has just ended.</returns>
    public (ListCursors Cursors, bool SweepEnded) PageRead(bool hasNextPage, string? endCursor)
    {
        var more = hasNextPage && endCursor is not null;
        return Next?.Walk switch
        {
            PageWalk.Tail => TailRead(more, endCursor),
            PageWalk.Sweep => SweepRead(more, endCursor),
            _ => (this, false),
        };
    }

    private (ListCursors Cursors, bool SweepEnded) TailRead(bool more, string? endCursor)
    {
        if (!more)
        {
            var atEnd = this with { TailReached = true, TailFromStart = false };
            return (atEnd.ContinueSweep(), TailFromStart);
        }

        var further = this with { Tail = endCursor, TailPagesLeft = TailPagesLeft - 1 };
        return further.TailPagesLeft > 0
            ? (further with { Next = new PageRequest(PageWalk.Tail, endCursor) }, false)
            : (further.ContinueSweep(), false);
    }

    private (ListCursors Cursors, bool SweepEnded) SweepRead(bool more, string? endCursor)
    {
        if (more)
        {
            var further = this with { Sweep = endCursor, SweepPagesLeft = SweepPagesLeft - 1 };
            return (further.ContinueSweep(), false);
        }

        // The sweep's last page may be the first: then the list has become short, and one page a poll does for both walks.
        return (this with { Sweep = null, Tail = Sweep is null ? null : Tail, Next = null }, true);
    }

    /// <summary>While the tail walk from the start has not reached the end, it is the sweep.</summary>
    private ListCursors ContinueSweep() => this with
    {
        Next = Tail is not null && TailReached && SweepPagesLeft > 0 ? new PageRequest(PageWalk.Sweep, Sweep) : null,
    };
}
