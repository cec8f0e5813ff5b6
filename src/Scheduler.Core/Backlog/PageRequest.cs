namespace Scheduler.Core.Backlog;

/// <summary>Why a page is read.</summary>
public enum PageWalk
{
    /// <summary>To see what is new at the end of the list.</summary>
    Tail,

    /// <summary>To see, page by page, what is still in the list.</summary>
    Sweep,
}

/// <summary>The next page to read.</summary>
/// <param name="Walk">Which of the two cursors asks.</param>
/// <param name="After">The list's cursor to read after; null = from the beginning.</param>
public sealed record PageRequest(PageWalk Walk, string? After);
